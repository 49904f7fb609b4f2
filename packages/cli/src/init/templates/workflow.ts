export const WORKFLOW = `name: portolan

on:
  push:
    branches: [main]
  pull_request:

permissions: {}

jobs:
  prove:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: actions/setup-node@v7
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      # Findings become annotations of the lines that they are about.
      - run: npx portolan check --format github
      - run: npx portolan test tests.yaml --junit junit.xml

  # Which requests a pull request changes, as a comment.
  diff:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pull-requests: write
    steps:
      # The pull request as it would be merged, and the base branch before that.
      - uses: actions/checkout@v7
        with:
          fetch-depth: 2
          persist-credentials: false
      - run: git worktree add base HEAD^1
      - uses: actions/setup-node@v7
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      # 1 says that requests change, which is no fault.
      - run: npx portolan diff base/manifests manifests --format markdown > diff.md || test $? -eq 1
      - run: cat diff.md >> "$GITHUB_STEP_SUMMARY"
      # Those from forks may not comment; they have the summary.
      - if: github.event.pull_request.head.repo.full_name == github.repository
        run: gh pr comment "$PULL_REQUEST" --body-file diff.md --edit-last --create-if-none
        env:
          GH_TOKEN: \${{ github.token }}
          PULL_REQUEST: \${{ github.event.pull_request.html_url }}
`;
