// Knows which section is being read: marks it in the page's contents and has the language switch lead to it. Without
// this script the switch leads to the same page.
(() => {
  // A heading this far below the top of the screen is being read, in pixels.
  const READING_LINE = 160;

  const sectionsOf = (article) => Array.from(article.querySelectorAll("section[id]"));
  // On the last screen of a page the line sinks to the bottom, for its last headings never come to the top.
  const readingLine = () => {
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    const share = Math.min(1, Math.max(0, 1 - left / innerHeight));
    return scrollY ? READING_LINE + share * (innerHeight - READING_LINE) : READING_LINE;
  };
  const beingRead = (sections) => {
    const line = readingLine();
    return sections.filter((section) => section.getBoundingClientRect().top <= line).pop();
  };
  const isInView = (element) => {
    const seen = element.matches("section") ? element.querySelector("h1, h2, h3, h4") || element : element;
    const box = seen.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };
  // Where a link has led, as long as it is in view: a row of a table is more exact than its section.
  const linkedTo = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return target && isInView(target) ? target : null;
  };

  const follow = (article) => {
    const sections = sectionsOf(article);
    const links = Array.from(document.querySelectorAll("#contents a[href^='#']"));
    const switches = Array.from(document.querySelectorAll(".topbar-language"));
    const update = () => {
      const target = linkedTo();
      const section = (target && target.closest("section[id]")) || beingRead(sections);
      const place = target || (section === sections[0] ? null : section);
      for (const link of switches) link.hash = place ? place.id : "";
      for (const link of links) {
        if (section && link.hash === `#${section.id}`) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    let waiting = false;
    const soon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        update();
      });
    };
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon, { passive: true });
    addEventListener("hashchange", soon);
    update();
  };

  // A menu that covers the page closes when one of its links has been followed.
  const closeMenus = () => {
    for (const menu of document.querySelectorAll("nav[popover]")) {
      menu.addEventListener("click", (event) => {
        if (event.target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
      });
    }
  };

  // Commands can be copied where the browser allows it.
  const offerCopies = () => {
    for (const box of document.querySelectorAll(".diaoyan-command")) {
      if (!navigator.clipboard) return;
      const button = box.querySelector("button");
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(box.querySelector("code").textContent);
        button.textContent = button.dataset.done;
      });
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const article = document.querySelector("article.bd-article");
    if (article) follow(article);
    if (HTMLElement.prototype.hidePopover) closeMenus();
    offerCopies();
  });
})();
