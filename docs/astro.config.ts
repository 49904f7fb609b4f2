import starlight from '@astrojs/starlight';
import { defineConfig, passthroughImageService } from 'astro/config';

import { REPOSITORY } from './site/content/repository.ts';
import { sidebar } from './site/sidebar.ts';

export default defineConfig({
  srcDir: './site',
  publicDir: './public',
  // Where the site is to be served from: https://docs.example and /portolan, say.
  ...(process.env['SITE'] !== undefined && { site: process.env['SITE'] }),
  base: process.env['BASE'] ?? '/',
  trailingSlash: 'always',
  image: { service: passthroughImageService() },
  devToolbar: { enabled: false },
  integrations: [
    starlight({
      title: 'Portolan',
      description:
        'Kubernetes Service and Ingress manifests, executable anywhere JavaScript runs: prove where every request goes, then run the same engine at the edge.',
      social: [{ icon: 'github', label: 'GitHub', href: REPOSITORY }],
      customCss: ['./site/styles/site.css'],
      components: { Head: './site/components/Head.astro' },
      sidebar,
      pagefind: true,
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
    }),
  ],
});
