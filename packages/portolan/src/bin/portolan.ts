#!/usr/bin/env node
import { main } from '@portolan/cli';

await main();
