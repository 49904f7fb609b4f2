import type { StarlightUserConfig } from '@astrojs/starlight/types';

import { pagesOf } from './content/pages.ts';

/** In the order in which they are best read; what isn't listed comes after, by name. */
const TUTORIALS = [
  'services',
  'ingress',
  'prove-in-ci',
  'leaving-ingress-nginx',
  'embed',
  'cloudflare-worker',
  'service-type',
];
const EXPLANATION = ['architecture', 'precedence', 'behaviour', 'consistency'];

/** What a reader finds at the side. */
export const sidebar: StarlightUserConfig['sidebar'] = [
  { label: 'Playground', link: '/playground/' },
  { label: 'Tutorials', items: inOrder('tutorials', TUTORIALS) },
  { label: 'How to', items: inOrder('how-to') },
  { label: 'Explanation', items: inOrder('explanation', EXPLANATION) },
  { label: 'Reference', items: inOrder('reference') },
  { label: 'Packages', collapsed: true, items: [...inOrder('packages'), ...inOrder('apps')] },
  { label: 'API', collapsed: true, items: inOrder('api') },
];

function inOrder(section: string, order: readonly string[] = []): string[] {
  const slugs = [...pagesOf().values()].filter((slug) => slug.startsWith(`${section}/`));
  const rank = (slug: string): number => order.indexOf(slug.slice(section.length + 1)) >>> 0;
  return slugs.toSorted((a, b) => rank(a) - rank(b));
}
