/**
 * The style sheet. It stands in the drawing itself, and its selectors take in nothing outside it where the drawing is put into
 * a page. Without variables, so that converters understand it.
 */
interface Palette {
  readonly ground: string;
  readonly band: string;
  readonly line: string;
  readonly card: string;
  readonly text: string;
  readonly quiet: string;
  readonly edge: string;
  readonly lit: string;
  readonly good: string;
  readonly doubtful: string;
  readonly bad: string;
  readonly rule: string;
  readonly service: string;
  readonly pods: string;
}

const LIGHT: Palette = {
  ground: '#ffffff',
  band: '#f6f8fa',
  line: '#d1d9e0',
  card: '#ffffff',
  text: '#1f2328',
  quiet: '#59636e',
  edge: '#8c96a1',
  lit: '#0969da',
  good: '#1a7f37',
  doubtful: '#9a6700',
  bad: '#cf222e',
  rule: '#ddf4ff',
  service: '#fbefff',
  pods: '#dafbe1',
};

const DARK: Palette = {
  ground: '#0d1117',
  band: '#151b23',
  line: '#3d444d',
  card: '#0d1117',
  text: '#f0f6fc',
  quiet: '#9198a1',
  edge: '#6e7681',
  lit: '#4493f8',
  good: '#3fb950',
  doubtful: '#d29922',
  bad: '#f85149',
  rule: '#12304f',
  service: '#32204d',
  pods: '#12361f',
};

const SHAPES = `
text{font-family:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Helvetica,Arial,sans-serif;font-size:12px}
.mono{font-family:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
.title{font-size:13px;font-weight:600}
.host{font-weight:600}
.small{font-size:11px}
.note{font-size:10.5px}
.end{text-anchor:end}
.column{font-size:11px;font-weight:600;letter-spacing:.08em}
.edge{fill:none;stroke-width:1.5}
.mark,.glyph{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.missing.card,.refused.card{stroke-dasharray:5 4}
.notReady.edge,.missing.edge{stroke-dasharray:6 4}
.refused.edge,.shadowed.edge{stroke-dasharray:2 4}
.shadowed.name{text-decoration:line-through}
.lit.edge{stroke-width:3}
.lit.card{stroke-width:2}
`;

function colours(palette: Palette): string {
  const { ground, band, line, card, text, quiet, edge, lit, good, doubtful, bad } = palette;
  return `
.ground{fill:${ground}}
.band{fill:${band};stroke:${line}}
.card{fill:${card};stroke:${line}}
.rule-line{stroke:${line}}
text,.strong{fill:${text}}
.small,.note,.column,.shadowed.name{fill:${quiet}}
.edge{stroke:${edge}}
.head,.dot{fill:${edge};stroke:none}
.glyph{stroke:${text}}
.tint-Rule,.tint-Frontend{fill:${palette.rule}}
.tint-Service,.tint-Resource{fill:${palette.service}}
.tint-Pods,.tint-Addresses,.tint-ExternalName{fill:${palette.pods}}
.pod{fill:${good};stroke:${good}}
.pod.off{fill:none;stroke:${bad}}
.partlyReady.mark{stroke:${doubtful}}
.notReady.mark,.missing.mark{stroke:${bad}}
.refused.mark,.shadowed.mark{stroke:${quiet}}
.partlyReady.small,.partlyReady.note{fill:${doubtful}}
.notReady.small,.missing.small,.notReady.note,.missing.note{fill:${bad}}
.missing.card,.notReady.card{stroke:${bad}}
.partlyReady.card{stroke:${doubtful}}
.notReady.edge,.missing.edge{stroke:${bad}}
.notReady.head,.missing.head,.notReady.dot,.missing.dot{fill:${bad}}
.lit.edge,.lit.card{stroke:${lit}}
.lit.head,.lit.dot{fill:${lit}}
.lit.name{fill:${lit}}
`;
}

/** @param scope The class of the drawing's root. */
export function styleSheet(scope: string): string {
  const within = (rules: string): string =>
    rules
      .trim()
      .split('\n')
      .map((rule) => {
        const [selectors = '', body = ''] = rule.split(/(?=\{)/u);
        const scoped = selectors.split(',').map((selector) => `.${scope} ${selector}`);
        return scoped.join(',') + body;
      })
      .join('\n');
  return `${within(SHAPES)}
${within(colours(LIGHT))}
@media (prefers-color-scheme:dark){
${within(colours(DARK))}
}`;
}
