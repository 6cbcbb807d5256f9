"""Room 4: findings, tables and figures are shown, written into a run folder, cited and verified."""
