import { describe, expect, it } from 'vitest';
import { expandUnits } from '../../src/text/tex-units.ts';
import { readable } from '../../src/text/tex.ts';

describe('expandUnits', () => {
  it.each([
    [String.raw`\SI{5}{\giga\hertz}, $\SI{5}{\giga\hertz}$ and \SI{5}{GHz}`, '5 GHz, 5 GHz and 5 GHz'],
    [String.raw`\qty{3.2e-4}{\kilo\meter\per\second\squared}`, '3.2×10⁻⁴ km/s²'],
    [String.raw`$\qty{2}{\square\metre}$, \SI{4}{\um}, \SI[per-mode=symbol]{1.5(2)}{\keV}`, '2 m², 4 μm, 1.5(2) keV'],
    [String.raw`\SI{25}{\percent}, \ang{45}, \SI{20}{\degreeCelsius}`, '25%, 45°, 20 °C'],
    [String.raw`\num{36000}, \num{1e6}, \si{\micro\meter}, \SIrange{1}{2}{\mega\watt}`, '36000, 1×10⁶, μm, 1–2 MW'],
  ])('prints %j', (source, seen) => {
    expect(readable(source)).toBe(seen);
  });

  it.each([
    String.raw`\SI{x}{\hertz}`,
    String.raw`\qty{a}{b_c}`,
    String.raw`\SI{5}{\furlongs\per\fortnight}`,
    String.raw`\SI{5`,
  ])('leaves %j, whose number or unit it does not know, as it is', (source) => {
    expect(expandUnits(source)).toBe(source);
  });
});
