#!/usr/bin/env node
/** The `recourse` command; installs and builds what is missing first. */
import { prepare } from './prepare.mjs'

await prepare()
await import(new URL('../dist/src/cli/recourse.js', import.meta.url).href)
