/** The thread that judges where there is much to weigh: it answers once and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { judgeFacts, type Facts } from './judge-facts.ts'

parentPort?.postMessage(judgeFacts(workerData as Facts)) // only `openWeigher` starts this file
