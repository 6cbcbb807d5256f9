"""Read a report as blocks of prose: one module a family of formats; ``formats`` lists them."""
