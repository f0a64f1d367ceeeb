import { describe, expect, it } from 'vitest';
import { formulaToUnicode } from '../../src/text/tex-formula.ts';

type Pairs = readonly (readonly [formula: string, line: string | null])[];

function read(pairs: Pairs): Pairs {
  return pairs.map(([formula]) => [formula, formulaToUnicode(formula)]);
}

describe('formulaToUnicode', () => {
  it('raises and lowers what Unicode can, and marks the rest', () => {
    const pairs: Pairs = [
      [String.raw`x^{n+1} + a_{ij}`, 'xⁿ⁺¹ + aᵢⱼ'],
      [String.raw`M_{\rm HI} \approx 7.4 \times 10^{6}`, 'M_(HI) ≈ 7.4 × 10⁶'],
      [String.raw`x_\rm eff, M_\rm{HI}, A^\tt 3`, 'x_(eff), M_(HI), A³'],
      ['n^{1/2}', 'n^(1/2)'],
      ['K_{1,3}', 'K_(1,3)'],
      ['T_c', 'T_c'],
      [String.raw`\Xi_{cc}^{++}`, 'Ξ_(cc)⁺⁺'],
      [String.raw`2^{2^n}, e^{-x^2}`, '2^(2ⁿ), e^(−x²)'],
      [String.raw`90^\circ, x', x''^2, A^\dagger, M_\odot`, '90°, x′, x″², A†, M⊙'],
      ['{}^{13}CO', '¹³CO'],
      [String.raw`\prescript{14}{6}{C}`, '₆¹⁴C'],
      [String.raw`K^{*0}, D^{(*)}, L^{*}_{z=0.5}, \mathbb{F}_q^*, x_i^*`, 'K*⁰, D⁽*⁾, L*_(z=0.5), 𝔽*_q, xᵢ*'],
      [String.raw`A^\top B, V^\perp, R^{\text{\textregistered}}`, 'AᵀB, V^⊥, R®'],
      [String.raw`\sum_{\substack{i=1\\j=2}}^n`, '∑_(i=1; j=2)ⁿ'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('lays fractions and roots on the line', () => {
    const pairs: Pairs = [
      [String.raw`\frac12 mv^2`, '1/2 mv²'],
      [String.raw`\frac{a+b}{c+d}, \frac{\partial f}{\partial x}`, '(a + b)/(c + d), ∂f/∂x'],
      [String.raw`\sqrt{s_{NN}} = 5.02`, '√(s_(NN)) = 5.02'],
      [String.raw`\frac{p(1-p)}{2}, \frac{1}{\sqrt{4\pi n}}, \frac{f_W}{f_E}`, 'p(1 − p)/2, 1/√(4πn), f_W/f_E'],
      [String.raw`\frac{a}{bc}, \frac{u}{\langle v\rangle}, \frac{1}{T^{1/3}}`, 'a/(bc), u/⟨v⟩, 1/T^(1/3)'],
      [String.raw`\frac12(a+b), x^{\frac12 n}, 1+\frac12.`, '1/2 (a + b), x^(1/2 n), 1 + 1/2.'],
      [String.raw`\sqrt{n}, \sqrt[3]{x}, \binom{n}{k}`, '√n, ∛x, (n choose k)'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('lays tables on the line', () => {
    const pairs: Pairs = [
      [String.raw`\begin{pmatrix} a & -b \\ c & d \end{pmatrix}`, '(a, −b; c, d)'],
      [String.raw`f = \begin{cases} 1, & x>0,\\[1ex] 0 & \text{otherwise} \end{cases}`, 'f = 1, x > 0; 0 otherwise'],
      [String.raw`\left\{\begin{array}{ll} 1 & \text{if } x>0\\ 0 & x=0.\end{array}\right.`, '1 if x > 0; 0, x = 0.'],
      [String.raw`\begin{aligned} a&=b\\ &=c+d\\ e&\le f \end{aligned}`, 'a = b = c + d; e ≤ f'],
      [String.raw`\begin{array}{rcl} a & = & b \end{array}`, 'a = b'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('spaces as print does', () => {
    const pairs: Pairs = [
      [String.raw`\mathcal{O}(n\log n)`, '𝒪(n log n)'],
      [String.raw`\text{if } x > 0`, 'if x > 0'],
      [String.raw`-1<x\leq a-b`, '−1 < x ≤ a − b'],
      [String.raw`\sim10\,\mathrm{kpc}`, '∼10 kpc'],
      [String.raw`\{1,2,\dots,k\}`, '{1, 2, …, k}'],
      [String.raw`10,000\pm5\%`, '10,000 ± 5%'],
      [String.raw`f\colon X\to Y, a:=b, 1:3`, 'f: X → Y, a := b, 1:3'],
      [String.raw`\sum_{i=1}^n a_i, \lim_{n\to\infty} a_n`, '∑ᵢ₌₁ⁿ aᵢ, lim_(n→∞) aₙ'],
      [String.raw`A\not\vDash q, a\nmid b`, 'A ⊭ q, a ∤ b'],
      [String.raw`\times`, '×'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('keeps letters that mean something and plains those that are only bold', () => {
    const pairs: Pairs = [
      [String.raw`\mathbb{R}^N, \mathfrak{g}, \mathcal{C}`, 'ℝᴺ, 𝔤, 𝒞'],
      [String.raw`\mathbf{x}, \boldsymbol{\alpha}, \textsf{Prob}`, 'x, α, Prob'],
      [String.raw`\hat\theta, \bar x, \vec v, \tilde{Θ}, \overline{AB}`, 'θ̂, x̄, v⃗, Θ̃, A̅B̅'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('shows commands that it does not know by their name, or refuses them when strict', () => {
    const pairs: Pairs = [
      [String.raw`10\,\msun`, '10 M⊙'],
      [String.raw`\XQM \cs \mf{g}`, 'XQM csg'],
      [String.raw`\la r^2\ra`, '⟨r²⟩'],
      [String.raw`z\la 2`, 'z ≲ 2'],
      [String.raw`\bigO{n}, \GF{5}, \PRM(q), \ov{x}`, 'O(n), GF(5), PRM(q), x'],
      [String.raw`e^{\betaU}, \Deltax, \tildeO(n)`, 'eᵝᵁ, Δx, Õ(n)'],
      [String.raw`\H, \slashed{D}, \C^n, 12\farcs5, \argmin_x f`, 'H, D\u0338, ℂⁿ, 12.″5, arg minₓ f'],
    ];
    expect(read(pairs)).toEqual(pairs);
    expect(formulaToUnicode(String.raw`\XQM`, true)).toBeNull();
  });

  it('undoes what filters made of authors’ letters', () => {
    const pairs: Pairs = [
      [String.raw`§^i\times\S^{d-2}, Ł^2, ¶(A), Ø(n)`, 'Sⁱ × Sᵈ⁻², L², P(A), O(n)'],
      [String.raw`°(f), a÷b, 90°, §3, A\cap Ø`, 'deg(f), a ÷ b, 90°, §3, A ∩ Ø'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('mends what was cut or mistyped', () => {
    const pairs: Pairs = [
      [String.raw`\frac{a}{b`, 'a/b'],
      [String.raw`x^2}`, 'x²'],
      [String.raw`\left( x`, '(x'],
      [String.raw`\begin{foo} a & b \end{foo}`, 'ab'],
      ['x^2^n, a_{i}_j', 'x²ⁿ, aᵢⱼ'],
    ];
    expect(read(pairs)).toEqual(pairs);
  });

  it('gives null for what is no formula', () => {
    expect(formulaToUnicode(String.raw`\frac`)).toBeNull();
    expect(formulaToUnicode('x'.repeat(10_000))).toBeNull();
  });
});
