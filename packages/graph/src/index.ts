export { graphOf, type GraphOptions } from './graph-of/graph-of.ts';
export { frontendId, resourceId, serviceId } from './graph-of/ids.ts';
export { drawRule, outlineRules, type DrawnRule, type OutlinedRule } from './graph-of/rules.ts';
export { verdictOnService } from './graph-of/services.ts';
export { verdictOf, verdictOnAll, verdictOnPort, type Verdict } from './graph-of/status.ts';
export type * from './graph/graph.ts';
export { formatMermaid } from './mermaid/mermaid.ts';
export { formatSVG, type SVGOptions } from './svg/svg.ts';
