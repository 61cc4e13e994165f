// Takes files into fields and keeps a page's figures fresh. Without it the page works as it stands.
(() => {
  'use strict';
  document.querySelector('.sections [aria-current]')?.scrollIntoView({block: 'nearest', inline: 'center'});

  // A long field with data-file takes the text of a file; nothing is sent before the form is.
  for (const field of document.querySelectorAll('textarea[data-file]')) {
    const label = document.createElement('label');
    const file = document.createElement('input');
    file.type = 'file';
    file.accept = '.csv,text/csv';
    file.addEventListener('change', async () => {
      if (file.files.length) field.value = await file.files[0].text();
    });
    label.append(field.dataset.file, file);
    field.closest('label').before(label);
  }

  // A page that says which day it was made on keeps its [data-live] parts fresh.
  const when = document.querySelector('[data-today]');
  const fresh = document.getElementById('fresh');
  if (!when || !fresh) return;
  const kEveryMs = 5000;

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
