// Brings a chart to life when it comes near the screen, in the very place of its drawing. Without scripts the drawing
// stays; it stays too when Vega does not come, and the page says so.
(() => {
  const VEGA = new URL("vega.js", document.currentScript.src).href;
  const NEAR = "600px";
  // How far from a mark, in units of the drawing, a reader still points at it.
  const REACH = 24;
  // The room a note takes between itself and what it is about, in pixels.
  const GAP = 10;

  let vega;
  function loadVega() {
    vega ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = VEGA;
      script.onload = resolve;
      script.onerror = () => reject();
      document.head.append(script);
    });
    return vega;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
          observer.unobserve(target);
          loadVega().then(
            () =>
              enliven(target).catch((error) => {
                console.error(error);
                giveUp(target);
              }),
            () => giveUp(target),
          );
        }
      },
      { rootMargin: `${NEAR} 0px` },
    );
    for (const chart of document.querySelectorAll(".diaoyan-drawing")) {
      observer.observe(chart);
    }
  });

  async function enliven(chart) {
    const specification = JSON.parse(chart.querySelector("script.diaoyan-specification").textContent);
    const frame = chart.querySelector(".diaoyan-frame");
    const controls = chart.querySelector(".diaoyan-controls");
    const live = element("div", "diaoyan-live");
    // The interpreter (ast) needs no eval, which a strict policy of the page's would refuse.
    const options = { renderer: "svg", ast: true, actions: false, tooltip: false, hover: false, defaultStyle: false };
    const { view } = await vegaEmbed(live, specification, controls ? { ...options, bind: controls } : options);
    const names = (specification.params ?? []).map(({ name }) => name);
    if (names.includes("live")) {
      await view.signal("live", true).runAsync();
    }
    const keepBox = () => takeBoxOf(frame.querySelector(".diaoyan-still"), live.querySelector("svg"));
    view.addResizeListener(() => requestAnimationFrame(keepBox));
    keepBox();
    tellOnce(live, specification.description);
    if (controls) {
      controls.append(answersOf(view, names));
    }
    frame.append(live);
    const choose = names.includes("chosen") ? (group) => view.signal("chosen", group).runAsync() : () => {};
    const { lines, points } = specification.usermeta;
    const parts = points.map((point) => point.split(" "));
    const said = new Map(parts.map(([anchor, ...numbers]) => [anchor, numbers.map((number) => lines[number])]));
    notesOf(chart, frame, view, said, choose);
    chart.classList.add("diaoyan-is-live");
  }

  // The drawing stays. What is said stands in room that is there already, so that nothing moves: where there would have
  // been something to choose or to move, else in the margin below the chart's files.
  function giveUp(chart) {
    chart.querySelector(".diaoyan-live")?.remove();
    const words = element("div", "diaoyan-not-loaded");
    words.textContent = chart.dataset.notLoaded;
    const room = chart.querySelector(".diaoyan-choice, .diaoyan-controls");
    if (room) {
      // Out of sight, nobody sees it go.
      if (room.getBoundingClientRect().top > window.innerHeight) {
        room.style.minHeight = 0;
      }
      room.replaceChildren(words);
    } else {
      chart.closest("figure").nextElementSibling.append(words);
    }
    chart.classList.add("diaoyan-failed");
  }

  function element(name, className) {
    const made = document.createElement(name);
    made.className = className;
    return made;
  }

  // Where a reader's fonts differ, Vega would make the picture wider or narrower than the drawing it replaces.
  function takeBoxOf(still, picture) {
    for (const attribute of ["viewBox", "width", "height"]) {
      picture.setAttribute(attribute, still.getAttribute(attribute));
    }
  }

  // Vega tells those who listen of a "visualization" and a "group mark container", in English, and puts the role of a
  // drawing around the controls too: the picture alone is one, and its sentence says what it shows.
  function tellOnce(live, description) {
    for (const part of [live, ...live.querySelectorAll("[role], [aria-roledescription]")]) {
      for (const attribute of ["role", "aria-roledescription", "aria-label"]) {
        part.removeAttribute(attribute);
      }
    }
    const picture = live.querySelector("svg");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", description);
  }

  // What the chart answers, as text of the page: a sentence that changes is read out to those who listen.
  function answersOf(view, names) {
    const answers = element("div", "diaoyan-answers");
    answers.setAttribute("aria-live", "polite");
    for (const name of names.filter((each) => each.startsWith("answer_"))) {
      const answer = document.createElement("p");
      answer.textContent = view.signal(name);
      view.addSignalListener(name, (_, words) => {
        answer.textContent = words;
      });
      answers.append(answer);
    }
    return answers;
  }

  // Notes on the figures of a chart: a reader points at a mark, taps it, or goes from mark to mark with the arrow keys.
  // Where marks form groups, the one pointed at stands out; a click, or the list of areas, makes it stay.
  function notesOf(chart, frame, view, points, choose) {
    const marks = marksOf(view, frame.querySelector(".diaoyan-live svg"), points);
    const ring = element("div", "diaoyan-ring");
    const note = element("div", "diaoyan-note");
    const said = element("div", "diaoyan-said");
    const list = chart.querySelector("select");
    ring.hidden = note.hidden = true;
    note.setAttribute("aria-hidden", "true");
    said.setAttribute("role", "status");
    frame.append(ring, note, said);
    let current = null;
    let pinned = "";

    function show(mark, isRead) {
      if (mark === current && !isRead) {
        return;
      }
      current = mark;
      ring.hidden = note.hidden = !mark;
      choose(mark?.group ?? pinned);
      if (mark) {
        const words = points.get(mark.anchor);
        note.replaceChildren(...words.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
        place(mark);
        said.textContent = isRead ? words.join(" · ") : "";
      }
    }

    function place(mark) {
      const { scale, left, width, top } = boxOf(frame);
      const style = (part, box) => Object.assign(part.style, box);
      const px = (length) => `${length * scale}px`;
      style(ring, {
        left: px(mark.x1),
        top: px(mark.y1),
        width: px(mark.x2 - mark.x1),
        height: px(mark.y2 - mark.y1),
      });
      ring.classList.toggle("diaoyan-round", mark.isRound);
      const middle = ((mark.x1 + mark.x2) / 2) * scale - note.offsetWidth / 2;
      const most = Math.min(width, document.documentElement.clientWidth - left) - note.offsetWidth;
      const above = mark.y1 * scale - note.offsetHeight - GAP;
      // Above what it is about, unless the note would leave the screen there.
      const height = top + above < 0 ? mark.y2 * scale + GAP : above;
      style(note, { left: `${Math.max(0, Math.min(middle, most))}px`, top: `${height}px` });
    }

    function pin(group) {
      pinned = group;
      if (list) {
        list.value = [...list.options].some(({ value }) => value === group) ? group : "";
      }
      choose(current?.group ?? pinned);
    }

    const isGrouped = new Set(marks.map(({ group }) => group)).size > 1;
    const togglePin = (mark) => isGrouped && pin(!mark?.group || mark.group === pinned ? "" : mark.group);

    frame.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch") {
        show(nearest(marks, frame, event), false);
      }
    });
    frame.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && show(null, false));
    frame.addEventListener("click", (event) => {
      const mark = nearest(marks, frame, event);
      togglePin(mark);
      show(mark, true);
    });
    frame.addEventListener("blur", () => show(null, false));
    frame.addEventListener("keydown", (event) => {
      const next = stepped(marks, current, event.key);
      if (next) {
        show(next, true);
      } else if (event.key === "Escape") {
        pin("");
        show(null, false);
      } else if (event.key === "Enter" || event.key === " ") {
        togglePin(current);
      } else {
        return;
      }
      event.preventDefault();
    });
    list?.addEventListener("change", () => {
      pin(list.value);
      show(list.value ? marks.filter(({ group }) => group === list.value).pop() : null, true);
    });
    if (marks.length) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", chart.dataset.keys);
    }
  }

  function boxOf(frame) {
    const picture = frame.querySelector(".diaoyan-live svg");
    const { left, top, width } = picture.getBoundingClientRect();
    return { left, top, width, scale: width / picture.viewBox.baseVal.width };
  }

  // Every mark that says something: where it is in the drawing, and all the places that mean it (its label too).
  function marksOf(view, picture, points) {
    const origin = picture.querySelector("g").transform.baseVal.consolidate().matrix;
    const found = new Map();
    (function visit(mark, x, y) {
      for (const item of mark.items) {
        if (mark.marktype === "group") {
          item.items.forEach((inner) => visit(inner, x + (item.x ?? 0), y + (item.y ?? 0)));
          continue;
        }
        const { anchor, group } = item.datum ?? {};
        if (!points.has(anchor)) {
          continue;
        }
        const isRound = mark.marktype === "line" || mark.marktype === "symbol";
        const around = { x1: item.x - 6, x2: item.x + 6, y1: item.y - 6, y2: item.y + 6 };
        const { x1, x2, y1, y2 } = isRound ? around : item.bounds;
        const box = { x1: x1 + x, x2: x2 + x, y1: y1 + y, y2: y2 + y };
        const known = found.get(anchor) ?? { places: [], isText: true };
        known.places.push(box);
        const isText = mark.marktype === "text";
        if (known.isText) {
          Object.assign(known, box, { anchor, group, isRound, isText });
        }
        found.set(anchor, known);
      }
    })(view.scenegraph().root, origin.e, origin.f);
    // In the order of the figures, which is that of the table.
    return [...points.keys()].filter((anchor) => found.has(anchor)).map((anchor) => found.get(anchor));
  }

  // The mark nearest to a pointer; among several under it the smallest.
  function nearest(marks, frame, event) {
    const { left, top, scale } = boxOf(frame);
    const x = (event.clientX - left) / scale;
    const y = (event.clientY - top) / scale;
    let best = { distance: REACH, area: Infinity, mark: null };
    for (const mark of marks) {
      for (const { x1, x2, y1, y2 } of mark.places) {
        const distance = Math.hypot(Math.max(x1 - x, 0, x - x2), Math.max(y1 - y, 0, y - y2));
        const area = (x2 - x1) * (y2 - y1);
        if (distance < best.distance || (distance === best.distance && area < best.area)) {
          best = { distance, area, mark };
        }
      }
    }
    return best.mark;
  }

  // Where an arrow key leads: along a line of figures and from line to line, else to the next or the last figure.
  function stepped(marks, from, key) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    if (key === "Home" || (step && !from)) {
      return marks[0];
    }
    if (key === "End") {
      return marks[marks.length - 1];
    }
    if (!step) {
      return null;
    }
    const inLine = marks.filter(({ group }) => from.group && group === from.group);
    if (inLine.length < 2) {
      return marks[Math.max(0, Math.min(marks.indexOf(from) + step, marks.length - 1))];
    }
    if (key === "ArrowLeft" || key === "ArrowRight") {
      return inLine[Math.max(0, Math.min(inLine.indexOf(from) + step, inLine.length - 1))];
    }
    const beside = marks.filter(({ x1, y1 }) => Math.abs(x1 - from.x1) < 1 && (y1 - from.y1) * step > 0);
    return beside.sort((one, other) => (one.y1 - other.y1) * step)[0] ?? from;
  }
})();
