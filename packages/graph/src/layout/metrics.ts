import type { Card, Row } from './card.ts';
import { textWidth, type Font } from './measure.ts';

/** How large everything is, in user units. */

export const TITLE: Font = { size: 13, family: 'sans', bold: true };
export const SUBTITLE: Font = { size: 11, family: 'sans' };
export const NOTE: Font = { size: 10.5, family: 'sans' };
const FONTS: Readonly<Record<Row['style'], Font>> = {
  address: { size: 12, family: 'monospace' },
  host: { size: 12, family: 'sans', bold: true },
  path: { size: 12, family: 'monospace' },
  port: { size: 12, family: 'monospace' },
};

export const PADDING = 12;
/** From the left edge of a card to its title, past the icon. */
export const TITLE_START = 44;
/** What the mark of a status takes at the end of a heading or a row. */
export const MARK = 20;
export const HEADING = 46;
const ROW = 24;
const BELOW_ROWS = 6;
const PODS = 18;
/** The top of the Pods, from that of their card. */
export const PODS_TOP = 45;
/** So many Pods are drawn one by one. */
export const MOST_PODS = 12;

const NARROWEST = 190;
const WIDEST: readonly [number, number, number] = [400, 340, 340];

export function fontOf({ style }: Row): Font {
  return FONTS[style];
}

/** Paths stand below their host, and a little to the right. */
export function indentOf({ style }: Row): number {
  return style === 'path' ? PADDING + 10 : PADDING;
}

export function cardHeight(card: Card): number {
  const rows = card.rows.length === 0 ? 0 : card.rows.length * ROW + BELOW_ROWS;
  return HEADING + rows + (card.pods === undefined ? 0 : PODS);
}

/** The middle of a row, from the top of its card. */
export function rowMiddle(index: number): number {
  return HEADING + index * ROW + ROW / 2;
}

/** Where edges meet a card that has no row for them: at its Pods, or in the middle of its heading. */
export function arrivalAt({ pods }: Card): number {
  return pods === undefined ? HEADING / 2 : PODS_TOP + 5;
}

/** How wide a column is for all that stands in it to be read, as far as that is reasonable. */
export function columnWidth(cards: readonly Card[], column: Card['column']): number {
  const widest = cards.reduce((width, card) => {
    if (card.column !== column) return width;
    return card.rows.reduce(
      (widestRow, row) => Math.max(widestRow, rowWidth(row)),
      Math.max(width, headingWidth(card)),
    );
  }, NARROWEST);
  return Math.ceil(Math.min(widest, WIDEST[column]));
}

function headingWidth({ title, subtitle }: Card): number {
  const text = Math.max(textWidth(title, TITLE), textWidth(subtitle, SUBTITLE));
  return TITLE_START + text + MARK + PADDING;
}

function rowWidth(row: Row): number {
  const note = row.note === undefined ? 0 : textWidth(row.note, NOTE) + PADDING;
  return indentOf(row) + textWidth(row.text, fontOf(row)) + note + MARK + PADDING;
}

/** Around the whole drawing. */
export const MARGIN = 16;
export const COLUMN_HEADING = 26;
/** From the edge of a namespace's band to what is in it. */
export const BAND_PADDING = 20;
/** From the top of a band to what is in it, past the name. */
export const BAND_HEADING = 42;
/** Between cards, one below the other, and between bands. */
export const GAP = 14;
/** Between columns. */
export const GUTTER = 110;
/** Below the drawing, for the meaning of the marks. */
export const LEGEND = 30;
