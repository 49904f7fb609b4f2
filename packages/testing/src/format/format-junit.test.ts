import { describe, expect, it } from 'vitest';

import { FAILING, PASSING, resultsOf } from '../../test/results.ts';
import type { TestResult } from '../table/run-test-table.ts';
import { formatJUnit } from './format-junit.ts';

const passing = resultsOf('a.yaml', PASSING);
const failing = resultsOf('b.yaml', FAILING);

describe('JUnit XML', () => {
  it('has a suite for each file and a case for each test, with its place', () => {
    expect(formatJUnit([passing])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="portolan test" tests="2" failures="0" errors="0">
  <testsuite name="a.yaml" tests="2" failures="0" errors="0" skipped="0">
    <testcase classname="a.yaml" name="the cart" file="a.yaml" line="2"></testcase>
    <testcase classname="a.yaml" name="GET https://a.example/" file="a.yaml" line="5"></testcase>
  </testsuite>
</testsuites>
`);
  });

  it('has what failed as message and the trace as text, escaped', () => {
    const xml = formatJUnit([passing, failing]);
    expect(xml).toContain('<testsuites name="portolan test" tests="4" failures="1" errors="0">');
    expect(xml).toContain('name="the &lt;&quot;cart&quot;&gt; &amp; more"');
    expect(xml).toMatch(
      /<failure message="expected Service shop\/storefront:80, got Service shop\/cart:80; expected path \/, got path \/cart" type="AssertionError">expected Service [^<]*Ingress shop\/shop[^<]*<\/failure>/,
    );
  });

  it('has no character that XML 1.0 forbids', () => {
    const [test] = passing.results;
    const name = 'a\u0000\u001B[31m\uFFFE\uD800\t\u{1F600}b';
    const results: readonly TestResult[] = test === undefined ? [] : [{ ...test, name }];
    expect(formatJUnit([{ file: 'a.yaml', results }])).toContain(' name="a[31m\t\u{1F600}b" ');
  });
});
