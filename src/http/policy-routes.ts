/** What the studio does with policies over HTTP: levels, records and trials. */
import { listPolicies, setPolicyLevel } from '../operations/policy.ts'
import { readPolicyRecord, readPolicyVersion } from '../operations/policy-record.ts'
import { listTrials, readTrialReport, startTrial, stopTrial } from '../operations/trial.ts'
import { on } from './context.ts'
import { at } from './measure-view.ts'
import { policyRecord, policyView } from './policy-view.ts'
import { valueOf } from './problem.ts'
import { trialSummary, trialView } from './trial-view.ts'

export const policyRoutes = {
  list: on.policies.list.handler(async ({ context: { door, who } }) =>
    valueOf(await listPolicies(door.app, who)).map(policyView),
  ),
  get: on.policies.get.handler(async ({ input, context: { door, who } }) =>
    policyRecord(valueOf(await readPolicyRecord(door.app, who, input.name))),
  ),
  getVersion: on.policies.getVersion.handler(async ({ input, context: { door, who } }) => {
    const version = valueOf(await readPolicyVersion(door.app, who, input))
    const { document, adoptedAt, isInForce } = version
    return { policy: document, adoptedAt: at(adoptedAt), isInForce }
  }),
  setLevel: on.policies.setLevel.handler(async ({ input, context: { door, who } }) =>
    policyView(valueOf(await setPolicyLevel(door.app, who, input))),
  ),
  startTrial: on.policies.startTrial.handler(
    async ({ input, context: { door, who, idempotency } }) => {
      const { name, source = null, days } = input
      return trialSummary(
        valueOf(await startTrial(door.app, who, { name, source, days }, idempotency)),
      )
    },
  ),
  stopTrial: on.policies.stopTrial.handler(async ({ input, context: { door, who } }) =>
    trialSummary(valueOf(await stopTrial(door.app, who, input))),
  ),
  listTrials: on.policies.listTrials.handler(async ({ input, context: { door, who } }) =>
    valueOf(await listTrials(door.app, who, input.name)).map(trialSummary),
  ),
  getTrial: on.policies.getTrial.handler(async ({ input, context: { door, who } }) =>
    trialView(valueOf(await readTrialReport(door.app, who, input))),
  ),
}
