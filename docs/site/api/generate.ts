/** Writes the reference of what the packages export, from their docstrings: Markdown in `generated/api`, a page for each module. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import { Application, Converter, type TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';

import { ROOT } from '../content/pages.ts';
import { entryPoints } from './entry-points.ts';

const output = join(ROOT, 'docs/generated/api');
const modules = entryPoints();

const options: TypeDocOptions & Partial<PluginOptions> = {
  plugin: ['typedoc-plugin-markdown'],
  basePath: ROOT,
  entryPoints: modules.map(({ source }) => join(ROOT, source)),
  tsconfig: join(import.meta.dirname, 'tsconfig.json'),
  // The compiler of the repository is another, and has checked all of it.
  skipErrorChecking: true,
  readme: 'none',
  disableSources: true,
  excludeInternal: true,
  excludeExternals: true,
  logLevel: 'Warn',
  validation: false,
  suppressCommentWarningsInDeclarationFiles: true,
  out: output,
  outputFileStrategy: 'modules',
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  enumMembersFormat: 'table',
  tableColumnSettings: {
    hideInherited: true,
    hideOverrides: true,
    hideSources: true,
    hideModifiers: true,
  },
  useCodeBlocks: true,
};

const app = await Application.bootstrapWithPlugins(options);
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project: { children = [] } }) => {
  // A module is named after its file, without its ending.
  const names = new Map(modules.map(({ source, path }) => [source.slice(0, -'.ts'.length), path]));
  for (const module of children)
    module.name = names.get(module.name.replace(/\/src$/, '/src/index')) ?? module.name;
});
const project = await app.convert();
if (project === undefined || app.logger.hasErrors()) process.exit(1);
await rm(output, { recursive: true, force: true });
await app.generateOutputs(project);
await rm(join(output, 'index.md'), { force: true });

await Promise.all(
  modules.map(async ({ path, folder, specifier }) => {
    const file = join(output, `${path}.md`);
    const text = await readFile(file, 'utf8');
    const readme = relative(dirname(file), join(ROOT, 'packages', folder, 'README.md'));
    const head = `# ${specifier}\n\nWhat \`${specifier}\` exports, by its docstrings. [What it is for, with an example](${readme}).\n`;
    await writeFile(file, withoutPropertyAnchors(text.replace(/^# .*\n/, head)));
  }),
);

/** Properties of one name have one anchor, however many there are on a page: links lead to the page, then. */
function withoutPropertyAnchors(text: string): string {
  return text.replaceAll(/<a id="[^"]*"><\/a> /g, '').replaceAll(/#property-[\w-]+(?=\))/g, '');
}
