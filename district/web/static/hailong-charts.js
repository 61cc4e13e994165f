// Draws each <figure class="chart" data-chart="KIND"> from the table in it, which stays below as the
// same figures in words. KIND: "share" (columns: label, share, low, high), "counts" (label, count) or
// "scores" (label, then one count for each score). Numbers stand in data-value; a cell without one is
// a gap. Without this script the table is open and the page complete.
(() => {
  'use strict';
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue('--' + name).trim();
  const number = new Intl.NumberFormat('vi-VN', {maximumFractionDigits: 1});

  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.color = colour('muted');
  Chart.defaults.borderColor = colour('outline');
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  Chart.defaults.plugins.legend.display = false;

  // One hatching for each score, so that the order shows without colour, too.
  function pattern(score) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 8;
    const pen = tile.getContext('2d');
    pen.fillStyle = colour('score-' + score);
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = pen.fillStyle = 'rgb(20 32 46 / .45)';
    pen.beginPath();
    if (score === 1) { pen.moveTo(0, 8); pen.lineTo(8, 0); }
    if (score === 2) { pen.moveTo(0, 4.5); pen.lineTo(8, 4.5); }
    if (score === 4) { pen.moveTo(4.5, 0); pen.lineTo(4.5, 8); }
    if (score === 5) pen.fillRect(3, 3, 2, 2);
    pen.stroke();
    return pen.createPattern(tile, 'repeat');
  }

  function read(figure) {
    const table = figure.querySelector('table');
    const value = (cell) => (cell.dataset.value === undefined ? null : Number(cell.dataset.value));
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells]);
    return {
      heads: [...table.tHead.rows[0].cells].map((cell) => cell.textContent),
      labels: rows.map((cells) => cells[0].textContent),
      column: (i) => rows.map((cells) => value(cells[i])),
      words: rows.map((cells) => cells.slice(1).map((cell) => cell.textContent)),
    };
  }

  const axis = (text) => ({title: {display: true, text}, ticks: {callback: (v) => number.format(v)}});

  function share(data) {
    const edge = {borderColor: 'transparent', pointRadius: 0, pointHitRadius: 0};
    return {
      type: 'line',
      data: {labels: data.labels, datasets: [
        {data: data.column(1), borderColor: colour('accent'), backgroundColor: colour('accent'),
          borderWidth: 2, pointRadius: 4},
        {data: data.column(2), ...edge},
        {data: data.column(3), ...edge, fill: '-1', backgroundColor: 'rgb(16 63 115 / .16)'},
      ]},
      options: {
        interaction: {mode: 'index', intersect: false},
        scales: {y: {min: 0, max: 100, ...axis(data.heads[1])}, x: {grid: {display: false}}},
        plugins: {tooltip: {
          filter: (item) => item.datasetIndex === 0,
          callbacks: {label: (item) => data.words[item.dataIndex].map((w, i) => data.heads[i + 1] + ': ' + w)},
        }},
      },
    };
  }

  function counts(data) {
    return {
      type: 'bar',
      data: {labels: data.labels, datasets: [{data: data.column(1), backgroundColor: colour('accent')}]},
      options: {scales: {y: {beginAtZero: true, ...axis(data.heads[1])}, x: {grid: {display: false}}}},
    };
  }

  function scores(data) {
    const five = [1, 2, 3, 4, 5];
    return {
      type: 'bar',
      data: {labels: data.labels, datasets: five.map((score) => ({
        label: data.heads[score], data: data.column(score), backgroundColor: pattern(score),
        borderColor: colour('surface'), borderWidth: 1,
      }))},
      options: {
        scales: {x: {stacked: true, grid: {display: false}},
          y: {stacked: true, beginAtZero: true, ...axis('Số phiếu')}},
        plugins: {legend: {display: true, position: 'bottom'}},
      },
    };
  }

  const kinds = {share, counts, scores};
  for (const figure of document.querySelectorAll('figure.chart')) {
    const frame = document.createElement('div');
    frame.className = 'canvas';
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', figure.querySelector('figcaption').textContent + '. Các con số ở bảng bên dưới.');
    frame.append(canvas);
    const details = figure.querySelector('details');
    details.before(frame);
    details.open = false;
    figure.chart = new Chart(canvas, kinds[figure.dataset.chart](read(figure)));
  }
  // Paper has another width than the window.
  const resize = () => document.querySelectorAll('figure.chart').forEach((figure) => figure.chart.resize());
  addEventListener('beforeprint', resize);
  addEventListener('afterprint', resize);
})();
