"""When: time expressions and the periods that they mean."""
