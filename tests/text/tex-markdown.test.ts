import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../src/discord/markdown.ts';
import { readable } from '../../src/text/tex.ts';

describe('readable, before it is escaped for Discord', () => {
  it.each([
    ['stars', String.raw`$x^*$ and $y^*$, $K^{*0}$`, String.raw`x\* and y\*, K\*⁰`],
    [
      'indices without a small letter',
      String.raw`$x_b y_q$, \_a\_, $E_{\rm UV}$`,
      String.raw`x\_by\_q, \_a\_, E\_(UV)`,
    ],
    ['bars', String.raw`$|x||y|$, $\|x\|$`, String.raw`|x\|\|y|, ‖x‖`],
    ['tildes', String.raw`\textasciitilde\textasciitilde x\~{}\~{}, z~2`, String.raw`\~\~x\~\~, z~2`],
    ['quotes', '$>$ 3 times, $>3$', '\\> 3 times, >3'],
    ['a heading', String.raw`\# 1 of $\#P$`, String.raw`\# 1 of #P`],
    ['lists', '$1.$ first\n- two', '1\\. first\n\\- two'],
    ['backticks', 'SAND`22 and x`y', 'SAND\\`22 and x\\`y'],
    ['mentions', String.raw`\<@123> and @everyone`, String.raw`\<@123> and \@everyone`],
    ['what looks like a link', String.raw`$[x](y)$, $[0,1](t)$`, String.raw`[x]\(y), [0, 1]\(t)`],
    ['an address', String.raw`\url{https://a.b/c\_d~e--f}`, 'https://a.b/c_d~e--f'],
    ['a backslash', String.raw`\textbackslash*, $A\backslash B$`, String.raw`\\\*, A\\B`],
  ])('shows %s as they are', (_name, source, markdown) => {
    expect(escapeMarkdown(readable(source))).toBe(markdown);
  });
});
