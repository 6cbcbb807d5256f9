/* Sort the columns of a table by buttons in its head, and filter its rows by a field above it. Needs no network. Nothing of
   the table is lost without it: the rows are those of the page, and their order is that of the page. */
(() => {
  if (window.sortableTables) return;
  window.sortableTables = true;
  const style = new CSSStyleSheet();
  style.replaceSync(`
    .rows-shown { display: flex; flex-wrap: wrap; gap: .3em 1em; align-items: baseline; margin: .4em 0; font-size: .85em; }
    .rows-shown label { display: flex; gap: .5em; align-items: baseline; margin: 0; }
    .rows-shown input { box-sizing: border-box; width: 15em; max-width: 100%; padding: .15em .4em; font: inherit;
      color: inherit; background: transparent; border: 1px solid currentcolor; border-radius: 3px; }
    button.sort { all: unset; cursor: pointer; position: relative; text-decoration: underline dotted 1px;
      text-underline-offset: .25em; }
    button.sort:hover { text-decoration-style: solid; }
    button.sort:focus-visible, .rows-shown input:focus-visible { outline: 3px solid var(--focus, #b3400a);
      outline-offset: 2px; border-radius: 2px; }
    button.sort::after { position: absolute; left: 100%; bottom: 0; font-size: .8em; padding-left: .1em; }
    [aria-sort=ascending] > button.sort::after { content: "▲"; content: "▲" / ""; }
    [aria-sort=descending] > button.sort::after { content: "▼"; content: "▼" / ""; }
    .row-left-out { display: none !important; }
    @media print {
      .rows-shown, button.sort::after { display: none; }
      button.sort { text-decoration: none; }
      .row-left-out { display: table-row !important; }
    }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];

  /* The same order whatever the language of the browser. */
  const order = new Intl.Collator("en", {numeric: true});
  const number = /^(?=.*\d)[-−+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(e[-+]?\d+)?%?$/i;
  const said = cell => cell.textContent.trim().replace(/^–$/, "");
  const counted = total => `${total.toLocaleString("en")} row${total === 1 ? "" : "s"}`;

  /* The rows in the order of a column: numbers by their value, empty cells last, and equal ones as they were. */
  const sorted = (rows, column, direction) => {
    const values = new Map(rows.map(row => [row, said(row.cells[column])]));
    const full = [...values.values()].filter(Boolean);
    const numbers = full.every(value => number.test(value));
    const amount = value => parseFloat(value.replace(/[,%]/g, "").replace("−", "-"));
    const compared = numbers ? (a, b) => amount(a) - amount(b) : order.compare;
    return [...rows].sort((one, other) => {
      const [a, b] = [values.get(one), values.get(other)];
      return a && b ? direction * compared(a, b) : Number(!a) - Number(!b);
    });
  };

  /* JupyterLab takes keys that are pressed in an output for commands of the notebook, unless an element says no. */
  const keep = element => element.setAttribute("data-lm-suppress-shortcuts", "true");

  const sortable = (head, column, rows) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.title = "Sort the rows by this column";
    keep(button);
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      head.parentElement.querySelectorAll("[aria-sort]").forEach(it => it.removeAttribute("aria-sort"));
      const after = before === null ? "ascending" : before === "ascending" ? "descending" : "";
      if (after) head.setAttribute("aria-sort", after);
      const now = after ? sorted(rows, column, after === "ascending" ? 1 : -1) : rows;
      rows[0].parentElement.append(...now);
    });
  };

  const filtered = (table, rows) => {
    const line = document.createElement("div");
    line.className = "rows-shown";
    const label = document.createElement("label");
    const field = document.createElement("input");
    field.type = "search";
    field.autocomplete = "off";
    keep(field);
    const found = document.createElement("span");
    found.setAttribute("role", "status");
    label.append("Filter rows", field);
    line.append(label, found);
    const all = Number(table.dataset.rows);
    const texts = new Map(rows.map(row => [row, [...row.cells].map(said).join(" ").toLowerCase()]));
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      for (const [row, text] of texts) {
        const fits = words.every(word => text.includes(word));
        row.classList.toggle("row-left-out", !fits);
        left += fits;
      }
      const of = all > rows.length
        ? `${left} of the ${counted(rows.length)} shown here; the whole table has ${all.toLocaleString("en")}`
        : `${left} of ${counted(rows.length)}`;
      found.textContent = words.length ? of : "";
    });
    (table.closest(".scroll") ?? table).before(line);
  };

  const find = () => {
    for (const table of document.querySelectorAll("table.sortable:not(.sorts)")) {
      table.classList.add("sorts");
      const rows = [...table.tBodies[0].rows];
      if (rows.length > 1) [...table.tHead.rows[0].cells].forEach((head, column) => sortable(head, column, rows));
      if (rows.length > 5) filtered(table, rows);
    }
  };
  find();
  /* A notebook shows a table whenever a cell has run. */
  let waiting = 0;
  new MutationObserver(() => { waiting ||= requestAnimationFrame(() => { waiting = 0; find(); }); })
    .observe(document.body, {childList: true, subtree: true});
})();
