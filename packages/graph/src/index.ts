export { graphOf, type GraphOptions } from './graph-of/graph-of.ts';
export type * from './graph/graph.ts';
export { formatMermaid } from './mermaid/mermaid.ts';
export { formatSVG, type SVGOptions } from './svg/svg.ts';
