export function readme(name: string): string {
  return `# ${name}

- \`npm run check\` says what is wrong or doubtful in \`manifests/\`, \`npm test\` holds \`tests.yaml\` against them.
- \`npx portolan explain http://shop.example/cart\` says where a request goes, and why.
- \`npm run dev\`, and \`curl -H 'Host: shop.example' http://localhost:8787/cart\`: the Worker on this machine. No Pod is here, so it answers 503 and a reason.
- \`npm run deploy\` puts it on Cloudflare. \`wrangler.jsonc\` says how it reaches your Pods; \`portolan.yaml\` is for the command line.
- \`.github/\` checks and tests every push, and comments on pull requests which requests they change.
`;
}
