import { describe, expect, it } from 'vitest';

import { FAILING, PASSING, resultsOf } from '../../test/results.ts';
import { formatTestResults } from './format-test-results.ts';

const passing = resultsOf('a.yaml', PASSING);
const failing = resultsOf('b.yaml', FAILING);

describe('results for people', () => {
  it('are one line where all tests pass', () => {
    expect(formatTestResults([passing])).toBe('2 passed\n');
    expect(formatTestResults([])).toBe('0 passed\n');
  });

  it('show failures in full, with where the request goes and why', () => {
    const text = formatTestResults([passing, failing]);
    expect(text).toMatch(
      /^✗ the <"cart"> & more b\.yaml:2\n {2}expected Service shop\/storefront:80, got Service shop\/cart:80\n {2}expected path \/, got path \/cart\n\n {2}GET https:\/\/shop\.example\/cart\n/,
    );
    expect(text).toContain('Ingress shop/shop, spec.rules[0].http.paths[1]');
    expect(text.endsWith('\n\n3 passed, 1 failed\n')).toBe(true);
    expect(text).not.toContain('nobody');
  });

  it('are coloured and wrapped where the terminal wants it', () => {
    const text = formatTestResults([failing], { width: 40, colours: true });
    expect(text).toContain('\u001B[31m1 failed\u001B[39m');
    expect(text).toContain(
      '\n  expected Service shop/storefront:80,\n  got Service shop/cart:80\n',
    );
  });
});
