"""Citations, their styles, addresses of rows, anchors in the source, and why a finding says what it says."""
