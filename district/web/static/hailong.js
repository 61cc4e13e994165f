// Keeps the dashboard's figures fresh and its table sortable. Without it the page works as it stands.
(() => {
  'use strict';
  const when = document.querySelector('[data-today]');
  if (!when) return;
  const fresh = document.getElementById('fresh');
  const kEveryMs = 5000;
  let sorting = null;

  function sort_rows() {
    if (!sorting) return;
    const body = document.getElementById('rows');
    const value = (row) => Number(row.dataset[sorting.key]);
    const rows = [...body.rows].sort((a, b) => sorting.sign * (value(a) - value(b)));
    body.append(...rows);
  }

  function sort_by(heading) {
    const falling = heading.getAttribute('aria-sort') !== 'descending';
    for (const other of document.querySelectorAll('[aria-sort]')) other.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
    sorting = {key: heading.dataset.sort, sign: falling ? -1 : 1};
    sort_rows();
  }

  for (const heading of document.querySelectorAll('[data-sort]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    button.addEventListener('click', () => sort_by(heading));
    heading.append(button);
  }

  const seen = new Map();
  function take_over(page) {
    if (page.querySelector('[data-today]')?.dataset.today !== when.dataset.today) {
      location.reload();  // a new day has begun
      return;
    }
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = page.getElementById(part.id);
      if (!next || next.innerHTML === (seen.get(part.id) ?? part.innerHTML)) continue;
      seen.set(part.id, next.innerHTML);
      part.replaceChildren(...next.childNodes);
    }
    sort_rows();
  }

  async function refresh() {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, {cache: 'no-cache', redirect: 'manual'});
      if (answer.type === 'opaqueredirect') {
        location.reload();  // the session is over
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      take_over(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      fresh.textContent = 'Số liệu tự cập nhật; lần cuối lúc ' + new Date().toLocaleTimeString('vi-VN') + '.';
    } catch {
      fresh.textContent = 'Mất kết nối với máy chủ; đang thử lại. Số liệu trên trang có thể đã cũ.';
    }
  }

  setInterval(refresh, kEveryMs);
  document.addEventListener('visibilitychange', refresh);
})();
