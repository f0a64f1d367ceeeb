import { describe, expect, it } from 'vitest';
import { restoredLink } from '../../src/arxiv/restored-link.ts';

describe('restoredLink', () => {
  it.each([
    ['https://github.com/leandros11/lensing1', 'https://github.com/leandros11/lensing1'],
    ['http://isi.cbs.nl/bernoulli/', 'http://isi.cbs.nl/bernoulli/'],
    ['http://www.springerlink.com', 'http://www.springerlink.com'],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
    ['ftp://ftp.example.org/a', 'ftp://ftp.example.org/a'],
    ['http://conditions.QoS', 'conditions.QoS'],
    ['http://reliable.Grid', 'reliable.Grid'],
    ['http://matrix.We', 'matrix.We'],
    ['http://xypic.sty', 'xypic.sty'],
    ['http://aastex.cls', 'aastex.cls'],
    ['http://main.py', 'main.py'],
  ])('turns “this http URL” to %s into what the author wrote', (href, text) => {
    expect(restoredLink(href, `this ${href.slice(0, href.indexOf(':'))} URL`)).toBe(text);
  });

  it('leaves a link that shows its own text alone', () => {
    expect(restoredLink('https://arxiv.org/abs/0909.1125', 'arXiv:0909.1125')).toBe('arXiv:0909.1125');
    expect(restoredLink('https://doi.org/10.1039/x', 'https://doi.org/10.1039/x')).toBe('https://doi.org/10.1039/x');
  });
});
