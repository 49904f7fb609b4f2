import type { StarlightUserConfig } from '@astrojs/starlight/types';

/** What a reader finds at the side: the pages that are read in order first, then whatever is there. */
export const sidebar: StarlightUserConfig['sidebar'] = [
  { label: 'Tutorials', items: [{ autogenerate: { directory: 'tutorials' } }] },
  { label: 'How to', items: [{ autogenerate: { directory: 'how-to' } }] },
  { label: 'Explanation', items: [{ autogenerate: { directory: 'explanation' } }] },
  { label: 'Reference', items: [{ autogenerate: { directory: 'reference' } }] },
];
