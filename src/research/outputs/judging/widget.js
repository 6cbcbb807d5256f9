/* Judge sentences by keys, one at a time. All texts are set as text, never as HTML: documents are not trusted. What is right
   and what comes next is decided in Python; this shows it, and sends an answer only when all of it is given. While an
   answer is being saved the next sentence is not shown yet: nobody has read it, so a key that is pressed then judges nothing. */
const make = (tag, className, ...content) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content.filter(it => it !== null && it !== undefined && it !== ""));
  return made;
};
const ROLES = ["content", "source", "cue", "figure"];
const JUDGING = /^([rwsb]|Enter)$/i;
const SAVING = "Saving…";
const joined = (...parts) => parts.filter(Boolean).join(" · ");

class Panel {
  constructor(model, element) {
    this.model = model;
    this.root = make("div", "judging");
    this.root.tabIndex = 0;
    this.root.setAttribute("role", "region");
    this.root.setAttribute("aria-label", "Judge sentences");
    /* JupyterLab takes keys that are pressed in an output for commands of the notebook, unless an element says no. */
    this.root.setAttribute("data-lm-suppress-shortcuts", "true");
    this.root.addEventListener("keydown", event => this.pressed(event));
    this.head = make("div", "head");
    this.status = make("p", "status");
    this.status.setAttribute("role", "status");
    this.body = make("div", "body");
    /* Above the text, where it is seen however long the text is. */
    this.root.append(this.head, this.status, this.body);
    element.append(this.root);
    this.early = "";
    this.backs = 0;
    this.changed = () => this.next();
    model.on("change:shown", this.changed);
    this.next();
    const active = document.activeElement;
    const typing = active && (active.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName));
    if (!typing) requestAnimationFrame(() => this.root.focus());
  }

  /* --- what is known of the sentence --- */

  next() {
    const shown = this.model.get("shown");
    clearTimeout(this.patience);
    const stays = shown.problem && !shown.afresh;
    const same = this.shown && this.shown.sentence && shown.sentence && shown.at === this.shown.at && stays;
    this.shown = shown;
    this.waiting = false;
    if (!same) {
      const found = shown.sentence ? shown.sentence.found : [];
      const before = shown.before;
      this.answers = found.map((_, at) => before ? {...before.found[at]} : {right: null, speaker: "", words: [], value: ""});
      this.missed = before ? before.missed.map(it => ({...it})) : [];
      this.chosen = 0;
      this.selected = null;
      this.mending = null;
      this.said = before ? "You judged this sentence before; your answers are shown." : "";
    }
    if (shown.problem) this.said = shown.problem;
    else if (this.early && shown.sentence) this.said = `You pressed ${this.early} before this sentence was shown, so it does not count. Read the sentence, then press it again.`;
    else if (!this.said && shown.notice) this.said = shown.notice;
    this.early = "";
    const focused = this.root.contains(document.activeElement);
    this.idle();
    this.draw();
    if (focused) this.root.focus();
    if (this.backs) { this.backs -= 1; this.send({do: "back"}); }
  }

  get sentence() { return this.shown.sentence; }
  get tokens() { return this.sentence.tokens; }
  get found() { return this.sentence.found; }

  send(message) {
    if (this.waiting) return;
    this.waiting = true;
    this.root.setAttribute("aria-busy", "true");
    this.patience = setTimeout(() => this.unanswered(), 10_000);
    this.slow = setTimeout(() => this.tell(SAVING), 300);
    try {
      this.model.send({at: this.shown.at, ...message});
    } catch {
      this.unanswered();
    }
  }

  idle() {
    clearTimeout(this.slow);
    this.root.removeAttribute("aria-busy");
  }

  tell(said) {
    this.status.textContent = said;
    this.status.classList.remove("problem");
  }

  /* A key while an answer is being saved. Going back judges nothing, so it is done afterwards. */
  waited(key) {
    if (key.toLowerCase() === "b") { this.backs += 1; return; }
    this.early = key.length === 1 ? key.toUpperCase() : key;
    this.tell(`${SAVING} The next sentence is not shown yet, so ${this.early} does not count.`);
  }

  /* The kernel was stopped, or its cell is still running. What it has saved is in the file. */
  unanswered() {
    clearTimeout(this.patience);
    this.waiting = false;
    this.early = "";
    this.backs = 0;
    this.idle();
    this.said = "The notebook does not answer, so this sentence may not be saved. If it goes on not answering, run all cells again: every sentence saved before is kept.";
    this.status.textContent = this.said;
    this.status.classList.add("problem");
  }

  save() {
    const found = this.answers.map(it => ({...it, right: it.right !== false}));
    this.send({do: "save", found, missed: this.missed});
  }

  /* --- keys --- */

  pressed(event) {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.tagName === "INPUT") {
      if (event.key === "Enter") { event.preventDefault(); this.mended(event.target.value); }
      if (event.key === "Escape") { event.preventDefault(); this.leave(); }
      return;
    }
    const on_button = event.target.tagName === "BUTTON" && (event.key === "Enter" || event.key === " ");
    if (on_button || event.key === "Tab") return;
    const act = this.act(event.key, event.shiftKey);
    if (act === null) return;
    event.preventDefault();
    /* A key that is held down would judge one sentence after another, unread. */
    if (event.repeat && JUDGING.test(event.key)) return;
    if (this.waiting) return this.waited(event.key);
    act();
  }

  act(key, shift) {
    if (key.toLowerCase() === "b") return () => this.send({do: "back"});
    if (!this.sentence) return null;
    if (/^[1-9]$/.test(key)) return () => this.choose(Number(key) - 1);
    switch (key.length === 1 ? key.toLowerCase() : key) {
      case "r": return () => this.decide(true);
      case "w": return () => this.decide(false);
      case "Enter": return () => this.save();
      case "s": return () => this.send({do: "skip"});
      case "n": return () => this.mend(this.found.length ? this.what() : null);
      case "t": return () => this.take(shift);
      case "m": return () => this.miss("statement");
      case "f": return () => this.miss("figure");
      case "u": return () => this.undo();
      case "ArrowDown": return () => this.choose(this.chosen + 1);
      case "ArrowUp": return () => this.choose(this.chosen - 1);
      case "ArrowRight": return () => this.move(1, shift);
      case "ArrowLeft": return () => this.move(-1, shift);
      case "Home": return () => this.move(-Infinity, shift);
      case "End": return () => this.move(Infinity, shift);
      case "Escape": return () => { this.selected = null; this.draw(); };
      default: return null;
    }
  }

  what() { return this.found[this.chosen].what === "figure" ? "value" : "speaker"; }

  choose(at) {
    if (!this.found.length) return;
    this.chosen = Math.max(0, Math.min(this.found.length - 1, at));
    this.said = "";
    this.draw();
  }

  /* Right or wrong for the chosen one; the sentence is saved with the last answer. */
  decide(right) {
    if (!this.found.length) {
      if (right || this.missed.length) return this.save();
      this.said = "Select what was missed (arrow keys with Shift, or the mouse), then press M for a statement or F for a figure.";
      return this.draw();
    }
    this.answers[this.chosen].right = right;
    const open = this.answers.findIndex(it => it.right === null);
    if (open < 0) return this.save();
    this.chosen = open;
    this.said = "";
    this.draw();
  }

  mend(kind, missed = null) {
    if (kind === null) return;
    this.mending = {kind, missed};
    this.said = "";
    this.draw();
    const field = this.body.querySelector("input");
    field.focus();
    field.select();
  }

  mended(typed) {
    const {kind, missed} = this.mending;
    const value = typed.trim();
    if (missed !== null) {
      if (!value) return this.leave();
      this.missed[missed][kind] = value;
    } else {
      this.answers[this.chosen][kind] = value;
      this.answers[this.chosen].right = null;
    }
    this.mending = null;
    this.said = missed === null ? "Mended. Press R to go on." : "Marked as missed.";
    this.draw();
    this.root.focus();
  }

  leave() {
    const {kind, missed} = this.mending;
    if (missed !== null && !this.missed[missed][kind]) this.missed.splice(missed, 1);
    this.mending = null;
    this.said = "";
    this.draw();
    this.root.focus();
  }

  undo() {
    if (this.missed.length) this.missed.pop();
    else if (this.found.length) this.answers[this.chosen] = {right: null, speaker: "", words: [], value: ""};
    this.said = "Undone.";
    this.draw();
  }

  /* --- words --- */

  get words() { return this.tokens.map((it, at) => at).filter(at => this.tokens[at].word); }

  move(by, extend) {
    const words = this.words;
    const inside = words.filter(at => this.tokens[at].inside);
    if (!this.selected) {
      const first = by === Infinity ? inside[inside.length - 1] : inside[0];
      this.selected = {from: first, to: first};
    } else {
      const at = words.indexOf(this.selected.to);
      const to = Math.abs(by) === 1 ? words[Math.max(0, Math.min(words.length - 1, at + by))]
        : by > 0 ? inside[inside.length - 1] : inside[0];
      this.selected = {from: extend ? this.selected.from : to, to};
    }
    this.said = "";
    this.draw();
  }

  /* The selection of the mouse, widened to whole words. */
  drag() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const touched = [...this.text.querySelectorAll("[data-at]")].filter(it => range.intersectsNode(it) && it.textContent.trim());
    const within = touched.filter(it => {
      const own = document.createRange();
      own.selectNodeContents(it);
      return range.compareBoundaryPoints(Range.START_TO_END, own) > 0 && range.compareBoundaryPoints(Range.END_TO_START, own) < 0;
    });
    if (!within.length) return;
    this.selected = {from: Number(within[0].dataset.at), to: Number(within[within.length - 1].dataset.at)};
    selection.removeAllRanges();
    this.said = "";
    this.draw();
    this.root.focus();
  }

  get ends() { return [Math.min(this.selected.from, this.selected.to), Math.max(this.selected.from, this.selected.to)]; }

  span() {
    if (!this.selected) {
      this.said = "Select the words first: arrow keys with Shift, or the mouse.";
      this.draw();
      return null;
    }
    const [from, to] = this.ends;
    this.selected = null;
    return [this.tokens[from].start, this.tokens[to].end];
  }

  said_in([start, end]) {
    return this.tokens.filter(it => it.start >= start && it.end <= end).map(it => it.text).join("").replace(/\s+/g, " ").trim();
  }

  /* The selected words are those of the chosen statement; with Shift, one more part of them. */
  take(further) {
    if (!this.found.length || this.found[this.chosen].what === "figure") {
      this.said = "Words can be mended for a statement. Press M for words that were missed, F for a figure.";
      return this.draw();
    }
    const span = this.span();
    if (!span) return;
    const answer = this.answers[this.chosen];
    answer.words = further ? [...answer.words, span].sort((a, b) => a[0] - b[0]) : [span];
    answer.right = null;
    this.said = "Mended. Press R to go on, or Shift+T to add a further part.";
    this.draw();
  }

  miss(what) {
    const span = this.span();
    if (!span) return;
    this.missed.push({what, start: span[0], end: span[1], speaker: "", value: ""});
    this.mend(what === "figure" ? "value" : "speaker", this.missed.length - 1);
  }

  /* --- drawing --- */

  draw() {
    this.status.textContent = this.said;
    this.status.classList.toggle("problem", this.said !== "" && [this.shown.problem, this.shown.notice].includes(this.said));
    this.drawHead();
    if (!this.sentence) {
      const skipped = this.shown.skipped ? ` ${this.shown.skipped} of them are skipped.` : "";
      this.body.replaceChildren(make("p", "question",
        `All ${this.shown.total} sentences are judged.${skipped} ${this.shown.next}`), this.buttons([["Back", "B"]]));
      return;
    }
    this.text = make("p", "text", ...this.tokens.map((it, at) => this.token(it, at)));
    this.text.addEventListener("mouseup", () => this.drag());
    const legend = this.found.some(it => it.what !== "figure")
      ? make("p", "facts", "One line: the words. Double: who says them. Dotted: the verb. Dashed: a figure.") : "";
    const found = make("ol", "found", ...this.found.map((it, at) => this.entry(it, at)));
    const missed = make("ul", "missed", ...this.missed.map(it => this.missedEntry(it)));
    this.body.replaceChildren(this.text, legend, ...(this.found.length ? [found] : []), ...(this.missed.length ? [missed] : []),
      this.mending ? this.field() : make("p", "question", this.question()), this.buttons(this.choices()));
    if (this.selected) this.text.querySelector(`[data-at="${this.selected.to}"]`).scrollIntoView({block: "nearest"});
  }

  drawHead() {
    const {done, total, sentence, file} = this.shown;
    const bar = make("progress");
    bar.max = Math.max(1, total);
    bar.value = done;
    bar.setAttribute("aria-label", "Sentences judged");
    const where = sentence ? joined(sentence.title, sentence.document, sentence.date) : "";
    const number = sentence ? `Sentence ${this.shown.at + 1} of ${total}` : `${done} of ${total}`;
    this.head.replaceChildren(make("strong", "", number), bar,
      make("span", "saved", `${done} of ${total} judged, saved in ${file}`), make("span", "where", where));
  }

  token(it, at) {
    const made = make("span", it.inside ? "inside" : "around", it.text);
    made.dataset.at = at;
    for (const [number, role] of it.marks) {
      if (!ROLES.includes(role)) continue;
      made.classList.add(role);
      if (number === this.chosen) made.classList.add("chosen");
    }
    const within = span => it.start >= span[0] && it.end <= span[1];
    if (this.missed.some(one => within([one.start, one.end]))) made.classList.add("was-missed");
    if (this.found.length && this.answers[this.chosen].words.some(within)) made.classList.add("mended");
    if (this.selected) {
      const [from, to] = this.ends;
      if (at >= from && at <= to) made.classList.add("selected");
    }
    return made;
  }

  entry(it, at) {
    const answer = this.answers[at];
    const words = answer.words.length ? answer.words.map(span => this.said_in(span)).join(" […] ") : it.words;
    const line = make("li", at === this.chosen ? "entry chosen" : "entry");
    if (at === this.chosen) line.setAttribute("aria-current", "true");
    line.addEventListener("click", () => { this.choose(at); this.root.focus(); });
    if (it.what === "figure") {
      line.append(make("strong", "", "Figure"), " ", make("q", "", it.words), " is ", make("b", "", answer.value || it.value));
    } else {
      line.append(make("strong", "", answer.speaker || it.speaker || "nobody named"),
        it.source && it.source !== it.speaker ? ` (“${it.source}”)` : "", it.cue ? ` — “${it.cue}” — ` : " — ", make("q", "", words),
        make("span", "facts", ` ${joined(it.kind, it.confidence ? `confidence ${it.confidence}` : "")}`));
    }
    const mended = answer.speaker || answer.words.length || answer.value;
    const verdict = answer.right === false ? (it.what === "figure" ? "wrong" : "no statement") : mended ? "mended" : answer.right ? "right" : "";
    if (verdict) line.append(" ", make("span", `verdict ${verdict.replace(" ", "-")}`, verdict));
    return line;
  }

  missedEntry(it) {
    const words = make("q", "", this.said_in([it.start, it.end]));
    const verdict = make("span", "verdict mended", "missed");
    if (it.what === "figure") return make("li", "entry", make("strong", "", "Figure"), " ", words, " is ", make("b", "", it.value || "…"), " ", verdict);
    const speaker = it.speaker === this.shown.nobody ? "nobody named" : it.speaker || "…";
    return make("li", "entry", make("strong", "", speaker), " — ", words, " ", verdict);
  }

  question() {
    if (!this.found.length) return "Nothing was found here. Is that right?";
    const it = this.found[this.chosen];
    const of = this.found.length > 1 ? `${this.chosen + 1} of ${this.found.length}: ` : "";
    if (it.what === "figure") return `${of}Is the figure read as it is meant?`;
    const who = this.answers[this.chosen].speaker || it.speaker;
    return who && who !== this.shown.nobody ? `${of}Does ${who} say exactly these words?` : `${of}Are exactly these words somebody's, and is nobody named?`;
  }

  field() {
    const missed = this.mending.missed;
    const value = this.mending.kind === "value";
    const label = make("label", "", value ? `The ${missed === null ? "right " : ""}value, unit and period (25000000000 USD 2022)`
      : missed === null ? `Who says it? (${this.shown.nobody} if nobody is named)` : `Whose are the missed words? (${this.shown.nobody} if nobody is named)`);
    const field = make("input");
    field.type = "text";
    field.autocomplete = "off";
    field.setAttribute("data-lm-suppress-shortcuts", "true");
    field.value = missed === null ? this.answers[this.chosen][this.mending.kind] : "";
    if (!value) {
      const names = make("datalist", "", ...this.sentence.names.map(name => { const one = make("option"); one.value = name; return one; }));
      names.id = `judging-names-${Math.random().toString(36).slice(2)}`;
      field.setAttribute("list", names.id);
      label.append(names);
    }
    label.append(field);
    return make("div", "field", label);
  }

  choices() {
    if (this.mending) return [["Keep it", "Enter"], ["Leave it", "Escape"]];
    const it = this.found.length ? this.found[this.chosen] : null;
    const statement = it && it.what !== "figure";
    return [
      ["Right", "R"],
      [statement ? "No statement" : it ? "Wrong" : "Something is missing", "W"],
      ...(it ? [[statement ? "Name the speaker" : "Correct the value", "N"]] : []),
      ...(statement ? [["Take selected words", "T"]] : []),
      ["Selected words were missed", "M"], ["Selected figure was missed", "F"],
      ["Undo", "U"], ["Skip", "S"], ["Back", "B"],
      ...(this.found.length > 1 || this.missed.length ? [["All the rest is right", "Enter"]] : []),
    ];
  }

  buttons(choices) {
    return make("div", "buttons", ...choices.map(([label, key]) => {
      const button = make("button", "", make("kbd", "", key === "Escape" ? "Esc" : key), ` ${label}`);
      button.type = "button";
      button.setAttribute("aria-keyshortcuts", key);
      button.setAttribute("data-lm-suppress-shortcuts", "true");
      button.addEventListener("click", () => {
        if (this.mending) return key === "Enter" ? this.mended(this.body.querySelector("input").value) : this.leave();
        this.root.focus();
        if (this.waiting) return this.waited(key);
        this.act(key, false)();
      });
      return button;
    }));
  }
}

export default {
  render({model, el}) {
    const panel = new Panel(model, el);
    return () => { clearTimeout(panel.patience); clearTimeout(panel.slow); model.off("change:shown", panel.changed); };
  },
};
