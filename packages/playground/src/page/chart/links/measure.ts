import type { Box } from '../geometry/curve.ts';
import type { Boxes } from './curves.ts';

export interface Measured {
  /** Of the whole drawing, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly boxes: Boxes;
}

/** Where the cards of a drawing are. */
export function measure(stage: HTMLElement): Measured {
  const { left, top, width, height } = stage.getBoundingClientRect();
  const boxes = new Map<string, Box>();
  for (const card of stage.querySelectorAll<HTMLElement>('[data-card]')) {
    const box = card.getBoundingClientRect();
    boxes.set(card.dataset['card'] ?? '', {
      left: box.left - left,
      top: box.top - top,
      width: box.width,
      height: box.height,
    });
  }
  return { width, height, boxes };
}

/** Calls whenever the drawing or one of its lists of cards has another size; returns what ends that. */
export function onLayout(stage: HTMLElement, changed: () => void): () => void {
  const observer = new ResizeObserver(changed);
  observer.observe(stage);
  for (const list of stage.querySelectorAll('.pc-cards')) observer.observe(list);
  return () => {
    observer.disconnect();
  };
}
