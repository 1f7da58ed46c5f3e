// Comfort for the form of a sheet: keeps what is typed every two seconds, counts characters.
// Everything works without it: the button for saving sends the same fields.
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch) return;
  var status = document.getElementById("save-status");
  var address = form.getAttribute("data-autosave");
  var store = "meguri:" + address;
  var dirty = {}, busy = false, timer = null, wait = 2000;

  function fields() {
    return Array.prototype.filter.call(form.elements, function (f) {
      return f.name && was(f.name);
    });
  }
  function was(name) { return form.elements["was." + name]; }
  function say(text) { if (status) status.textContent = text; }
  function clock() {
    var now = new Date();
    return now.getHours() + "時" + ("0" + now.getMinutes()).slice(-2) + "分";
  }
  function remember() {
    try {
      if (Object.keys(dirty).length) {
        localStorage.setItem(store, JSON.stringify(dirty));
      } else {
        localStorage.removeItem(store);
      }
    } catch (e) { /* a browser without a store: the server's draft has to do */ }
  }
  function later(ms) { clearTimeout(timer); timer = setTimeout(save, ms); }

  function note(field, text) {
    var id = field.id + "-understood", p = document.getElementById(id);
    if (!p) {
      p = document.createElement("p");
      p.id = id; p.className = "wrong"; p.setAttribute("role", "status");
      field.parentNode.insertBefore(p, field.nextSibling);
    }
    p.textContent = text ? "＊" + text : "";
  }

  function save() {
    var names = Object.keys(dirty);
    if (busy || !names.length) return;
    busy = true;
    var sent = {}, body = new URLSearchParams();
    names.forEach(function (name) {
      sent[name] = dirty[name].typed;
      body.append(name, dirty[name].typed);
      body.append("was." + name, was(name) ? was(name).value : "");
    });
    fetch(address, { method: "POST", body: body, credentials: "same-origin", keepalive: names.length < 5 })
      .then(function (answer) {
        if (answer.status === 401 || answer.status === 403) throw new Error("signed out");
        return answer.json();
      })
      .then(function (heard) {
        if (!heard.saved) { say("自動保存できません：" + heard.why); return; }
        names.forEach(function (name) {
          // What was there when the other person typed stays what this page has seen.
          if (heard.conflicts.indexOf(name) >= 0) { delete dirty[name]; return; }
          if (was(name)) was(name).value = sent[name];
          if (dirty[name] && dirty[name].typed === sent[name]) delete dirty[name];
          var field = form.elements[name], why = "";
          heard.unreadable.forEach(function (pair) { if (pair[0] === name) why = pair[1] + "。"; });
          if (field && field.classList.contains("figure")) note(field, why);
        });
        remember();
        wait = 2000;
        say(heard.conflicts.length
          ? "ほかの人が同じ欄を先に変更しました。両方の内容を残しています。「下書きを保存する」を押して確かめてください。"
          : clock() + "に自動保存しました（まだ提出していません）。");
      })
      .catch(function (fault) {
        wait = Math.min(wait * 2, 30000);
        say(fault.message === "signed out"
          ? "サインインの有効期間が終わりました。入力はこのブラウザーに残しています。別のタブでサインインすると、続きを保存します。"
          : "接続できません。入力はこのブラウザーに残しています。つながり次第、保存します。");
        later(wait);
      })
      .then(function () {
        busy = false;
        if (Object.keys(dirty).length) later(wait);
      });
  }

  function typed(field) {
    if (!field.name || !was(field.name)) return;
    dirty[field.name] = { typed: field.value, was: was(field.name).value };
    remember();
    if (!busy) later(2000);
  }
  form.addEventListener("input", function (event) { typed(event.target); });
  form.addEventListener("change", function (event) { typed(event.target); });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") save();
  });

  // What this browser could not send the last time comes back, where nobody changed it since.
  try {
    var kept = JSON.parse(localStorage.getItem(store) || "{}");
    Object.keys(kept).forEach(function (name) {
      var field = form.elements[name];
      if (!field || !was(name) || field.value === kept[name].typed) return;
      if (was(name).value !== kept[name].was) return;
      field.value = kept[name].typed;
      dirty[name] = kept[name];
    });
    remember();
    if (Object.keys(dirty).length) {
      say("前回送れなかった入力を戻しました。");
      later(500);
    }
  } catch (e) { /* nothing was kept */ }

  // Counters of characters.
  Array.prototype.forEach.call(form.querySelectorAll("textarea[data-most]"), function (field) {
    var most = Number(field.getAttribute("data-most")), p = document.createElement("p");
    p.className = "support";
    field.parentNode.insertBefore(p, field.nextSibling);
    function count() {
      var has = Array.from(field.value.replace(/\r?\n/g, "")).length;
      p.textContent = has + "字／" + most + "字" + (has > most ? "（" + (has - most) + "字超過しています）" : "");
    }
    field.addEventListener("input", count);
    count();
  });
})();
