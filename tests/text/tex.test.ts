import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readable } from '../../src/text/tex.ts';

/** TeX, and what a reader should see. */
type Pairs = readonly (readonly [source: string, seen: string])[];

function read(pairs: Pairs): Pairs {
  return pairs.map(([source]) => [source, readable(source)]);
}

describe('readable', () => {
  it('reads the listing that comes with the project', () => {
    const pairs: Pairs = [
      [String.raw`O$(n\Delta^3)$`, 'O(nΔ³)'],
      [String.raw`1.15$\times$ to 3.07$\times$ higher`, '1.15× to 3.07× higher'],
      [String.raw`by up to 50\% and 60\%`, 'by up to 50% and 60%'],
      ["what ``fast'' means, the ``slowest'' one", 'what “fast” means, the “slowest” one'],
      ['(SAND`22)', '(SAND`22)'],
      ['``open" rounds', '“open” rounds'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('composes every accent that arXiv accepts, with braces and without', () => {
    const pairs: Pairs = [
      [String.raw`\"o \'e \`e \^o \~n \=o \.z \c{c} \v{s} \u{g} \H{o} \k{a} \r{a}`, 'ö é è ô ñ ō ż ç š ğ ő ą å'],
      [String.raw`\"{o} {\"o} {\"{o}} \c c \v s \H o`, 'ö ö ö ç š ő'],
      [String.raw`na{\"\i}ve \'{\i} \'\i {\'{\i}} \^\i \v\i`, 'naïve í í í î ǐ'],
      [String.raw`na{\"ı}ve \'ı {\'ı}`, 'naïve í í'],
      [String.raw`{\o}{\O} {\l}{\L} {\ss} {\ae}{\AE} {\oe} {\aa}{\AA} {\dh} {\th} {\ng}`, 'øØ łŁ ß æÆ œ åÅ ð þ ŋ'],
      [
        String.raw`Erd\H{o}s, \L{}ojasiewicz, S\o ren, Stanis{\l}awa, \'S. R. Gal`,
        'Erdős, Łojasiewicz, Søren, Stanisława, Ś. R. Gal',
      ],
      [String.raw`na\"\i ve, Mart\'\i nez, \'\i ,`, 'naïve, Martínez, í ,'],
      [String.raw`P\\'erez`, 'Pérez'],
      [String.raw`\t{oo} \d{a} \b{d}`, 'o͡o ạ ḏ'],
      ['Dirk Wübben', 'Dirk Wübben'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('unwraps markup, drops citations and keeps what they stood in', () => {
    const pairs: Pairs = [
      [String.raw`{\bf A} \emph{weak} and \textbf{strong $x$}`, 'A weak and strong x'],
      [String.raw`as in \cite{foo,bar}, and \citep[see][p.~2]{x} there`, 'as in, and there'],
      [String.raw`{\em i)} the {GPU} of non-{A}belian`, 'i) the GPU of non-Abelian'],
      [String.raw`\href{http://a.b/c}{text} and \footnote{note}.`, 'text and note.'],
      [String.raw`\% \& \$ \_ \# \{ \}`, '% & $ _ # { }'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('shows the second argument of links and colours, without its braces', () => {
    const pairs: Pairs = [
      [String.raw`code at \href{u}{https://a.b/c_d}.`, 'code at https://a.b/c_d.'],
      [String.raw`\textcolor{red}{a, b} \textcolor[rgb]{1,0,0} {c: d}`, 'a, b c: d'],
      [String.raw`$\href{https://github.com/a/b}{\texttt{a/b}}$`, 'a/b'],
      [String.raw`at $\href{u}{https://github.com/a/b_c}$ now`, 'at https://github.com/a/b_c now'],
      [String.raw`$\href{u}{x^2}$`, 'x²'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('keeps the names that authors gave their things', () => {
    const pairs: Pairs = [
      [String.raw`\textbf{\name} beats $x^2$`, 'name beats x²'],
      [String.raw`{\name}: $x^2$ and $\alpha$`, 'name: x² and α'],
      [String.raw`\method{} achieves, \method{}'s`, "method achieves, method's"],
      [String.raw`with $\method{}$ of $\mathcal{\name}$`, 'with method of name'],
      [
        String.raw`others (\eg, \ie~one, \etc.) by Doe \etal{} (\eg$>$3)`,
        'others (e.g., i.e. one, etc.) by Doe et al. (e.g.>3)',
      ],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('shows letters as themselves, however they were written', () => {
    const pairs: Pairs = [
      [String.raw`$\textit{each hash} \to h$`, 'each hash → h'],
      [String.raw`scoring$\unicode{x2014}$to 7.1$\unicode{x0025}$, \unicode{8211}x`, 'scoring—to 7.1%, –x'],
      ['t{â}tonnement, Tiet{ä}v{ä}inen', 'tâtonnement, Tietäväinen'],
      [String.raw`5\textperthousand`, '5‰'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('reads numbers as they are printed', () => {
    const pairs: Pairs = [
      [String.raw`$\nicefrac{3}{4}$ and \nicefrac{3}{4}, \sfrac{1}{2}`, '3/4 and 3/4, 1/2'],
      ['5{,}495 and $5{,}495$', '5,495 and 5,495'],
      [String.raw`$5777\,$K, 10$\,$km, $x\ $, $y~$ z, 3$~\mu$m`, '5777 K, 10 km, x, y z, 3 μm'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('sets quotes, dashes and ties, and leaves their likes alone', () => {
    const pairs: Pairs = [
      [String.raw`\lq\lq dark\rq\rq, \lq\lq light''`, '“dark”, “light”'],
      ["`curvy'; ``a `b' c''; it's the '70s; 5''", "‘curvy’; “a ‘b’ c”; it's the '70s; 5″"],
      ['Calabi--Yau --- a one-size-fits-all ---- rule', 'Calabi–Yau — a one-size-fits-all ---- rule'],
      ['AT~2018cow, Fig.~1, in~$x$', 'AT 2018cow, Fig. 1, in x'],
      ['N ~ 4000, ~3000, z~2, edu/~gould/', 'N ~ 4000, ~3000, z~2, edu/~gould/'],
      [String.raw`https://a.b/~x--y\_z?q=1`, 'https://a.b/~x--y_z?q=1'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('takes a dollar for money where it is', () => {
    const pairs: Pairs = [
      [String.raw`over \$16.9B and US$`, 'over $16.9B and US$'],
      ['from $5 million to $10 million', 'from $5 million to $10 million'],
      ['awarded $35,000 in all', 'awarded $35,000 in all'],
      ['an odd $ sign, then $x^2$', 'an odd $ sign, then x²'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('reads formulas between all four pairs of marks', () => {
    const pairs: Pairs = [
      [String.raw`$x^2$, $$y_1$$, \(z^3\), \[\alpha\]`, 'x², y₁, z³, α'],
      [String.raw`\begin{equation} E=mc^2 \end{equation}`, 'E = mc²'],
      ['$α$-decay of $ϕ$', 'α-decay of ϕ'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('reads TeX that stands outside of formulas', () => {
    const pairs: Pairs = [
      [String.raw`90{\deg}, 15 {\mu}m, \beta\ is`, '90°, 15 μm, β is'],
      [String.raw`o(n^{-1/2}), 10^{51} erg, theta_{13}`, 'o(n^(−1/2)), 10⁵¹ erg, theta₁₃'],
      [String.raw`the class \mathcal{C}, \mf{g} of G, \la r^2\ra`, 'the class 𝒞, g of G, ⟨r^2⟩'],
      ['O(sqrt{n}), max{|I|: I is independent}', 'O(sqrt{n}), max{|I|: I is independent}'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('reads words between dollars as words where they are no formula', () => {
    const pairs: Pairs = [
      [String.raw`by $\textbf{28.5%$\rightarrow$71.4%}$ on $x^2$`, 'by 28.5% → 71.4% on x²'],
      [String.raw`$\texttt{M^3-Bench}$, $\texttt{build_network}$`, 'M^3-Bench, build_network'],
      [String.raw`$\texttt{M$^3$FinMeeting}$`, 'M³FinMeeting'],
      [String.raw`$\tt A^\tt 3$`, 'A³'],
      [String.raw`a bold $\mbox{\boldmath $x$}$ there`, 'a bold x there'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('keeps the blanks of words that are set as a formula', () => {
    const pairs: Pairs = [
      [
        String.raw`$\underline{Ko}rean \underline{G}rammar Bench\underline{M}ark (KoGEM)$`,
        'Korean Grammar BenchMark (KoGEM)',
      ],
      [String.raw`at $\href{https://a.b/c}{GitHub repository}$`, 'at GitHub repository'],
      ['of $high recall$ and $x$', 'of high recall and x'],
      ['$PATH and $HOME', '$PATH and $HOME'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('leaves nothing behind where markup was', () => {
    const pairs: Pairs = [
      [String.raw`the allocation (\cite{a}) matches, Eq.~(\ref{e}), too`, 'the allocation matches, Eq., too'],
      [String.raw`components \ -- two \, of them~ -- ~here`, 'components – two of them – here'],
      [String.raw`\newline Methods. \newline Results.`, 'Methods. Results.'],
      [String.raw`at \href{https://a.b/c}. at \href{https://a.b/c}{}.`, 'at https://a.b/c. at https://a.b/c.'],
      [String.raw`at \texttt{a.b/c.}.`, 'at a.b/c.'],
      [String.raw`\textbf{A}: (Haystack}). \emph{National Sign`, 'A: (Haystack). National Sign'],
      ['(Haystack}) without markup, p < 10^{-6)', '(Haystack}) without markup, p < 10^{-6)'],
      [String.raw`\replaced[id=a]{new}{old} \hyperlink{t}{there} (\romannumeral1)`, 'new there (1)'],
      [String.raw`reward\textemdash a phenomenon, \textasciitilde 50`, 'reward—a phenomenon, ~50'],
      [String.raw`\ensuremath{x^2}, B(H)\ra B`, 'x², B(H)→ B'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('keeps code as code', () => {
    const pairs: Pairs = [
      ['with --max-iter 5 (or `--x=1`)', 'with --max-iter 5 (or `--x=1`)'],
      ['an aside --as here-- ends', 'an aside –as here– ends'],
      ['github.com/a--b/c.git, a--b@example.org', 'github.com/a--b/c.git, a--b@example.org'],
      [String.raw`the delimiter "\n\n", \textbackslash boxed`, String.raw`the delimiter "\n\n", \boxed`],
      [String.raw`mAP\@0.50, i.i.d.\@ data, (\>20 FPS)`, 'mAP@0.50, i.i.d. data, (>20 FPS)'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('reads what it has read once more as it is', () => {
    const sources = fc.constantFrom(
      ...String.raw`$x^2$|'{\i}|na"{\i}ve|$rac12$|\emph{weak}|Calabi--Yau|a --- b|Fig.~1|50\%|\cite{x}|it's|90{\deg}|(x)`.split(
        '|',
      ),
      "``q''",
    );
    fc.assert(
      fc.property(fc.array(sources, { maxLength: 12 }), (parts) => {
        const seen = readable(parts.join(' '));
        expect(readable(seen)).toBe(seen);
      }),
    );
  });

  it('shows a formula that cannot be read as it was written', () => {
    expect(readable(String.raw`$a \frac$ c`)).toBe(String.raw`a \frac c`);
    expect(readable(String.raw`$\def\a{x}\a$`)).toBe(String.raw`\def\a{x}\a`);
  });

  it('keeps paragraphs', () => {
    expect(readable("One $x$.\n\nTwo ``y''.")).toBe('One x.\n\nTwo “y”.');
  });

  it('leaves plain text as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 .,;:()!?/éøΔ∈\n-]*$/), (text) => {
        fc.pre(!text.includes('--'));
        expect(readable(text)).toBe(text);
      }),
    );
  });
});
