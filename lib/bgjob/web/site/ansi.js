// Turns what a job wrote into styled text: SGR colours and faces become classes, all other control sequences vanish.
// It makes text nodes only; nothing that a job writes is ever read as markup.
(() => {
  'use strict';
  // OSC, DCS and the like up to their end; CSI; two-character escapes; other control characters but \t and \n
  // eslint-disable-next-line no-control-regex
  const sequence = /\x1b[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)?|(?:\x1b\[|\x9b)([0-?]*)[ -/]*([@-~])|\x1b[ -/]*[0-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
  const levels = [0, 95, 135, 175, 215, 255];
  const colour = n => {
    if (n < 16) return 'c' + n;
    if (n > 231) { const grey = 8 + 10 * (n - 232); return `rgb(${grey},${grey},${grey})`; }
    n -= 16;
    return `rgb(${levels[Math.floor(n / 36)]},${levels[Math.floor(n / 6) % 6]},${levels[n % 6]})`;
  };

  /** Black or white, whichever is the easier to read on that colour. */
  const readable = value => {
    const [r, g, b] = value.match(/\d+/g).map(n => (n / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? '#000' : '#fff';
  };

  class Ansi {
    constructor() { this.reset(); }

    reset() { this.fg = null; this.bg = null; this.faces = new Set(); }

    /** Appends one line to an element; the state goes on to the next line. */
    line(text, into) {
      // a carriage return begins the line anew, as a progress bar does
      const parts = text.replace(/\r+$/, '').split('\r');
      for (let i = 0; i < parts.length - 1; i++) this.run(parts[i], null);
      this.run(parts[parts.length - 1], into);
    }

    run(text, into) {
      let at = 0;
      for (const found of text.matchAll(sequence)) {
        this.put(text.slice(at, found.index), into);
        at = found.index + found[0].length;
        if (found[2] === 'm' && found[1].length < 200) this.sgr(found[1]);
      }
      this.put(text.slice(at), into);
    }

    put(text, into) {
      if (!text || !into) return;
      if (!this.fg && !this.bg && !this.faces.size) { into.append(text); return; }
      const span = document.createElement('span');
      const { fg, bg } = this;
      if (fg?.[0] === 'c') span.classList.add('fg' + fg.slice(1));
      else if (fg && bg) span.style.color = fg;
      else if (fg) { span.classList.add('own'); span.style.setProperty('--own', fg); } // made darker or lighter as the theme needs it
      if (bg?.[0] === 'c') span.classList.add('bg' + bg.slice(1));
      else if (bg) { span.style.backgroundColor = bg; if (!fg) span.style.color = readable(bg); }
      for (const face of this.faces) span.classList.add(face);
      span.textContent = text;
      into.append(span);
    }

    sgr(words) {
      const codes = words.split(/[;:]/).map(Number);
      for (let i = 0; i < codes.length; i++) {
        const code = codes[i];
        if (code === 0) this.reset();
        else if (code === 1) this.faces.add('bold');
        else if (code === 2) this.faces.add('faint');
        else if (code === 3) this.faces.add('italic');
        else if (code === 4) this.faces.add('underline');
        else if (code === 7) this.faces.add('inverse');
        else if (code === 9) this.faces.add('struck');
        else if (code === 22) { this.faces.delete('bold'); this.faces.delete('faint'); }
        else if (code === 23) this.faces.delete('italic');
        else if (code === 24) this.faces.delete('underline');
        else if (code === 27) this.faces.delete('inverse');
        else if (code === 29) this.faces.delete('struck');
        else if (code >= 30 && code <= 37) this.fg = 'c' + (code - 30);
        else if (code === 39) this.fg = null;
        else if (code >= 40 && code <= 47) this.bg = 'c' + (code - 40);
        else if (code === 49) this.bg = null;
        else if (code >= 90 && code <= 97) this.fg = 'c' + (code - 82);
        else if (code >= 100 && code <= 107) this.bg = 'c' + (code - 92);
        else if (code === 38 || code === 48) {
          let value = null;
          if (codes[i + 1] === 5 && codes[i + 2] >= 0 && codes[i + 2] <= 255) { value = colour(codes[i + 2]); i += 2; }
          else if (codes[i + 1] === 2) {
            const rgb = codes.slice(i + 2, i + 5);
            if (rgb.length === 3 && rgb.every(n => n >= 0 && n <= 255)) value = `rgb(${rgb.join(',')})`;
            i += 4;
          }
          if (value) { if (code === 38) this.fg = value; else this.bg = value; }
        }
      }
    }
  }
  window.Ansi = Ansi;
})();
