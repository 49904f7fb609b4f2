import type { Row } from '../layout/card.ts';
import type { PlacedCard } from '../layout/layout.ts';
import { fitText, textWidth, type Font } from '../layout/measure.ts';
import {
  fontOf,
  HEADING,
  indentOf,
  MARK,
  MOST_PODS,
  NOTE,
  PADDING,
  PODS_TOP,
  rowMiddle,
  SUBTITLE,
  TITLE,
  TITLE_START,
} from '../layout/metrics.ts';
import { glyph, mark, podSquares } from './glyphs.ts';
import { svg, type Markup } from './markup.ts';

/** From the middle of a line to where its letters stand. */
const BASELINE = 4;

/** A card at its place. What is cut for lack of room is whole in its tooltip. */
export function drawCard({ card, x, y, width, height }: PlacedCard): Markup {
  const { title, subtitle, status, lit, tooltip, icon, rows } = card;
  const classes = `${status}${lit ? ' lit' : ''}`;
  const room = width - TITLE_START - MARK - PADDING;
  return svg`<g><title>${tooltip}</title>
<rect class="card ${classes}" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>
${glyph(icon, x + 10, y + 11)}
<text class="title name ${classes}" x="${x + TITLE_START}" y="${y + 21}">${fitText(title, room, TITLE)}</text>
<text class="small ${status}" x="${x + TITLE_START}" y="${y + 36}">${fitText(subtitle, room + MARK, SUBTITLE)}</text>
${mark(status, x + width - MARK - 4, y + 11)}
${drawPods(card.pods, x, y)}
${rows.length === 0 ? undefined : line(x, y + HEADING, width)}</g>
${rows.map((row, index) => drawRow(row, x, y + rowMiddle(index), width))}`;
}

function line(x: number, y: number, width: number): Markup {
  return svg`<path class="rule-line" d="M${x} ${y}h${width}"/>`;
}

function drawPods(pods: PlacedCard['card']['pods'], x: number, y: number): Markup | undefined {
  if (pods === undefined) return undefined;
  const shown = Math.min(pods.all, MOST_PODS);
  // Those that aren't ready are the ones to be seen.
  const off = Math.min(pods.all - pods.ready, shown);
  const squares = podSquares({ all: shown, ready: shown - off }, x + TITLE_START, y + PODS_TOP);
  if (shown === pods.all) return squares;
  const after = x + TITLE_START + shown * 13;
  return svg`${squares}<text class="small" x="${after}" y="${y + PODS_TOP + 9}">of ${pods.all}</text>`;
}

function drawRow(row: Row, x: number, middle: number, width: number): Markup {
  const { style, text, note, status, lit, tooltip } = row;
  const font = fontOf(row);
  const start = x + indentOf(row);
  const end = x + width - PADDING;
  const noteEnd = status === 'ready' ? end : end - MARK;
  const shownNote = note === undefined ? undefined : fitText(note, width / 2, NOTE);
  const noteRoom = shownNote === undefined ? 0 : textWidth(shownNote, NOTE) + PADDING;
  const classes = `${classOf(font, style)} name ${status}${lit ? ' lit' : ''}`;
  return svg`<g><title>${tooltip}</title>
<rect x="${x}" y="${middle - 11}" width="${width}" height="22" fill-opacity="0"/>
<text class="${classes}" x="${start}" y="${middle + BASELINE}">${fitText(text, noteEnd - start - noteRoom, font)}</text>
${shownNote === undefined ? undefined : svg`<text class="note end ${status}" x="${noteEnd}" y="${middle + BASELINE}">${shownNote}</text>`}
${mark(status, end - MARK + 8, middle - 6)}</g>`;
}

function classOf({ family }: Font, style: Row['style']): string {
  return [family === 'monospace' ? 'mono' : '', style === 'host' ? 'host' : ''].join(' ').trim();
}
