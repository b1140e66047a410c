import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measurePolicies } from './policies/measure.ts';
import { DOCUMENT_SEEDS, policiesDocument } from './policies/policies-document.ts';

/** `npm run bench:policies`: plays the seeded days under every calling policy and writes docs/policies.md. */
const path = fileURLToPath(new URL('../../docs/policies.md', import.meta.url));
const document = policiesDocument(measurePolicies(DOCUMENT_SEEDS), DOCUMENT_SEEDS.length);
writeFileSync(path, document);
console.log(document);
