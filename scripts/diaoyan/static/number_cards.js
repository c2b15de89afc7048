// Answers a reader who questions a number: a card opens where the pointer rests on it, the keyboard reaches it or a
// finger taps it. Without this script a number is the link to its row that it is anyway.
document.addEventListener("DOMContentLoaded", () => {
  const data = document.querySelector("script.diaoyan-number-cards");
  if (!data) return;
  const cards = JSON.parse(data.textContent);
  // Long enough that a pointer passing over a line opens nothing, and that it reaches the card before that closes.
  const delays = { open: 180, close: 260 };
  const gap = 8;
  const small = matchMedia("(max-width: 600px)");
  const home = data.closest("article") ?? document.body;
  // The link, its card, and whether the card stays when the pointer leaves.
  let opened = null;
  // The link whose card the reader has sent away, until focus or pointer leave it.
  let dismissed = null;
  let timer = null;
  let touched = false;

  for (const link of document.querySelectorAll("a.fact")) {
    if (!cardOf(link)) continue;
    // The card says it, and browsers would show both.
    link.removeAttribute("title");
    link.setAttribute("aria-haspopup", "dialog");
  }

  function cardOf(link) {
    const name = [...link.classList].find((each) => /^card-\d+$/.test(each));
    return name && cards[Number(name.slice("card-".length))];
  }

  function numberAt(node) {
    const link = node instanceof Element ? node.closest("a.fact") : null;
    return link && cardOf(link) ? link : null;
  }

  function isWithin(node) {
    return opened && node instanceof Node && (opened.link.contains(node) || opened.card.contains(node));
  }

  function later(delay, action) {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  }

  function open(link, stays) {
    clearTimeout(timer);
    if (opened?.link !== link) {
      close();
      opened = { link, card: built(cardOf(link), leave) };
      home.append(opened.card);
      link.setAttribute("aria-describedby", "number-card-name number-card-about");
      link.classList.add("number-card-open");
      place(opened);
    }
    opened.stays ||= stays;
  }

  function close() {
    clearTimeout(timer);
    if (!opened) return;
    const { link, card } = opened;
    opened = null;
    link.removeAttribute("aria-describedby");
    link.classList.remove("number-card-open");
    card.remove();
  }

  // Closes at the reader's wish; focus goes back to the number when it was in the card.
  function leave() {
    const { link, card } = opened;
    const hadFocus = card.contains(document.activeElement);
    dismissed = link;
    close();
    if (hadFocus) link.focus({ preventScroll: true });
  }

  // Below the number, or above it where there is more room; on a small screen the style makes it a sheet at the foot.
  function place({ link, card }) {
    if (small.matches) {
      const hidden = link.getBoundingClientRect().bottom + gap - card.getBoundingClientRect().top;
      if (hidden > 0) window.scrollBy({ top: hidden, behavior: "instant" });
      return;
    }
    // A number broken over two lines has two boxes.
    const number = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const below = window.innerHeight - number.bottom - 2 * gap;
    const above = number.top - 2 * gap;
    const isBelow = card.offsetHeight <= below || below >= above;
    card.style.maxHeight = `${isBelow ? below : above}px`;
    const rightmost = document.documentElement.clientWidth - card.offsetWidth - gap;
    const left = Math.max(gap, Math.min(number.left, rightmost));
    const top = isBelow ? number.bottom + gap : number.top - gap - card.offsetHeight;
    // Whatever the page counts places from, the card is moved from where it now is, and then scrolls with the text.
    const now = card.getBoundingClientRect();
    card.style.left = `${left - now.left}px`;
    card.style.top = `${top - now.top}px`;
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = numberAt(event.target);
    if (isWithin(event.target)) clearTimeout(timer);
    else if (link && link !== dismissed) later(delays.open, () => open(link, false));
  });

  document.addEventListener("pointerout", (event) => {
    if (event.pointerType === "touch") return;
    const link = numberAt(event.target);
    if (!link && !isWithin(event.target)) return;
    if (link === dismissed && link !== document.activeElement) dismissed = null;
    if (opened?.stays) clearTimeout(timer);
    else later(delays.close, close);
  });

  document.addEventListener("focusin", (event) => {
    const link = numberAt(event.target);
    if (link && link !== dismissed && link.matches(":focus-visible")) open(link, true);
  });

  document.addEventListener("focusout", (event) => {
    if (event.target === dismissed) dismissed = null;
    if (opened && isWithin(event.target) && event.relatedTarget && !isWithin(event.relatedTarget)) close();
  });

  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (!isWithin(event.target)) close();
  });

  // The first tap asks, and the card has the link to the row; a mouse and the keyboard follow the link as ever.
  document.addEventListener("click", (event) => {
    const link = numberAt(event.target);
    if (!link || !touched) return;
    event.preventDefault();
    if (opened) {
      leave();
      return;
    }
    open(link, true);
    opened.card.focus({ preventScroll: true });
  });

  document.addEventListener("keydown", (event) => {
    touched = false;
    if (!opened) return;
    if (event.key === "Escape") leave();
    if (event.key === "Tab") walk(event);
  });

  // In the order of reading the card follows its number, wherever in the page it stands.
  function walk(event) {
    const { link, card } = opened;
    const stops = [...card.querySelectorAll("a[href], button")];
    const active = document.activeElement;
    if (active === link && !event.shiftKey) {
      event.preventDefault();
      stops[0].focus();
    } else if ((active === stops[0] || active === card) && event.shiftKey) {
      event.preventDefault();
      link.focus();
    } else if (active === stops.at(-1) && !event.shiftKey) {
      // From the number the browser itself goes on to what follows it.
      leave();
    }
  }

  // A table that scrolls in its box would leave the card behind; the page itself takes the card along.
  const scrolled = (event) => event.target !== document && !isWithin(event.target) && close();
  document.addEventListener("scroll", scrolled, true);
  // Telephones change the height of the window whenever they hide their bars.
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth !== width) close();
    width = window.innerWidth;
  });
  window.addEventListener("pagehide", close);
});

// The card as elements; every word of it is set as text, never as markup.
function built(card, onClose) {
  const box = element("div", "number-card");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-labelledby", "number-card-name number-card-value");
  box.tabIndex = -1;
  const name = element("p", "number-card-name", card.name);
  name.id = "number-card-name";
  const value = element("p", "number-card-value", card.value);
  value.id = "number-card-value";
  const about = element("dl", "number-card-about");
  about.id = "number-card-about";
  for (const [label, ...lines] of card.rows) {
    const row = element("div", "number-card-row");
    const said = element("dd", "");
    said.append(...lines.map(lineOf));
    row.append(element("dt", "", label), said);
    about.append(row);
  }
  const foot = element("p", "number-card-foot");
  foot.append(...card.foot.map(linkOf));
  const button = element("button", "number-card-close", "×");
  button.type = "button";
  button.setAttribute("aria-label", card.close);
  button.addEventListener("click", onClose);
  box.append(name, value, about, ...(card.foot.length ? [foot] : []), button);
  return box;
}

function lineOf(line) {
  const shown = element("p", "");
  shown.append(line.length > 1 ? linkOf(line) : line[0]);
  return shown;
}

function linkOf([words, address]) {
  const link = element("a", "", words);
  link.href = address;
  return link;
}

function element(kind, name, words = "") {
  const made = document.createElement(kind);
  if (name) made.className = name;
  made.textContent = words;
  return made;
}
