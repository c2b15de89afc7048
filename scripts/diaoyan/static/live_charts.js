// Puts a chart that readers can move in the place of its drawing. Without scripts, or when it fails, the drawing stays.
document.addEventListener("DOMContentLoaded", () => {
  for (const data of document.querySelectorAll("script.diaoyan-live")) {
    const image = data.closest("figure").querySelector("img, object");
    const chart = document.createElement("div");
    chart.className = "diaoyan-live";
    // The interpreter (ast) needs no eval, which a strict policy of the page's would refuse.
    const options = { renderer: "svg", ast: true, actions: false, tooltip: false, defaultStyle: false };
    vegaEmbed(chart, JSON.parse(data.textContent), options)
      .then(({ view }) => view.signal("live", true).runAsync())
      .then(() => {
        image.before(chart);
        image.classList.add("diaoyan-still");
      })
      .catch((error) => console.error(error));
  }
});
