// Puts a chart that readers can move in the place of its drawing. Without scripts, or when it fails, the drawing stays.
document.addEventListener("DOMContentLoaded", () => {
  for (const data of document.querySelectorAll("script.diaoyan-live")) {
    const image = data.closest("figure").querySelector("img, object");
    const chart = document.createElement("div");
    chart.className = "diaoyan-live";
    const drawing = document.createElement("div");
    chart.append(drawing);
    const specification = JSON.parse(data.textContent);
    // The interpreter (ast) needs no eval, which a strict policy of the page's would refuse.
    const options = { renderer: "svg", ast: true, actions: false, tooltip: false, defaultStyle: false };
    vegaEmbed(drawing, specification, options)
      .then(({ view }) => view.signal("live", true).runAsync())
      .then((view) => {
        describe(drawing, specification.description);
        chart.append(answersOf(view, specification));
        image.before(chart);
        image.classList.add("diaoyan-still");
      })
      .catch((error) => console.error(error));
  }
});

// What the chart answers, as text of the page: a sentence that changes is read out to those who listen.
function answersOf(view, specification) {
  const answers = document.createElement("div");
  answers.className = "diaoyan-answers";
  answers.setAttribute("aria-live", "polite");
  for (const { name } of specification.params.filter(({ name }) => name.startsWith("answer_"))) {
    const answer = document.createElement("p");
    answer.textContent = view.signal(name);
    view.addSignalListener(name, (_, words) => {
      answer.textContent = words;
    });
    answers.append(answer);
  }
  return answers;
}

// Vega tells those who listen of a "visualization" and a "group mark container", in English, and puts the role of a
// drawing around the controls too: the picture alone is one, and its sentence says what it shows.
function describe(drawing, description) {
  for (const part of [drawing, ...drawing.querySelectorAll("[aria-roledescription]")]) {
    for (const attribute of ["role", "aria-roledescription", "aria-label"]) {
      part.removeAttribute(attribute);
    }
  }
  const picture = drawing.querySelector("svg");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", description);
}
