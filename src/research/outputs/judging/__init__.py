"""Judging by hand: how often is this wrong on these documents?"""
