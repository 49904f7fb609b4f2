import { describe, expect, it } from 'vitest';

import { CATALOGUE, SECTIONS, usualSeverity } from './catalogue.ts';
import { catalogueMarkdown } from './markdown.ts';

const entries = Object.entries(CATALOGUE);

describe('the catalogue', () => {
  it.each(entries)('explains %s in a few sentences', (code, { title, explanation }) => {
    expect(code).toMatch(/^[A-Z][A-Za-z0-9]+$/u);
    expect(title).toMatch(/^[A-Z].*[^.]$/u);
    const sentences = explanation.match(/[.:](?:\s|$)/gu) ?? [];
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    expect(sentences.length).toBeLessThanOrEqual(7);
    expect(explanation).toMatch(/\.$/u);
    expect(explanation).not.toMatch(/undefined|\s\s|[–—’]/u);
  });

  it('has each code once', () => {
    const codes = SECTIONS.flatMap((section) => Object.keys(section.entries));
    expect(codes.toSorted()).toEqual(Object.keys(CATALOGUE).toSorted());
  });

  it("takes a plugin's own code for a warning", () => {
    expect(usualSeverity('NobodyKnows')).toBe('warning');
  });

  it('becomes a page with a heading for each code', () => {
    const headings = catalogueMarkdown().match(/(?<=^### ).*$/gmu);
    expect(headings).toEqual(entries.map(([code]) => code));
  });
});
