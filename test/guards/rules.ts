// The house rules that tests keep: the order of modules, the verbs that begin the names of files that act, and how large
// things may grow. Adding a verb is a small, deliberate act of language.

/** Modules in reading order: each imports only itself and those before it. */
export const MODULES = [
  'kernel',
  'formats',
  'einvoice',
  'db',
  'jobs',
  'http',
  'command',
  'carriers',
  'identity',
  'approvals',
  'parties',
  'terms',
  'attachments',
  'ledger',
  'credit',
  'printing',
  'delivery',
  'wording',
  'checks',
  'invoicing',
  'offers',
  'billing',
  'charges',
  'disputes',
  'payments',
  'statements',
  'prediction',
  'collections',
  'reporting',
  'integrations',
  'portal',
] as const;

/** Technical modules: they know nothing of receivables, and noun and verb do not apply to them. */
export const GROUND: ReadonlySet<string> = new Set([
  'kernel',
  'formats',
  'einvoice',
  'db',
  'jobs',
  'http',
  'command',
]);

/** Types that technical modules may take from each other against the order, because a request carries its command's context. */
export const TYPES_AGAINST_ORDER: ReadonlySet<string> = new Set(['http>command', 'jobs>command']);

/** First words of files that act. Every other file of a domain module is a noun and pure. */
export const VERBS: ReadonlySet<string> = new Set([
  'add',
  'align',
  'answer',
  'apply',
  'authenticate',
  'begin',
  'calculate',
  'cancel',
  'change',
  'close',
  'compose',
  'create',
  'credit',
  'decide',
  'deliver',
  'delegate',
  'draw',
  'end',
  'export',
  'find',
  'identify',
  'import',
  'issue',
  'keep',
  'list',
  'lock',
  'make',
  'match',
  'open',
  'place',
  'plan',
  'post',
  'put',
  'print',
  'queue',
  'read',
  'receive',
  'record',
  'recover',
  'release',
  'refresh',
  'remind',
  'remove',
  'render',
  'replace',
  'request',
  'require',
  'return',
  'revoke',
  'run',
  'search',
  'send',
  'settle',
  'start',
  'take',
  'unapply',
  'undo',
  'verify',
  'void',
  'waive',
  'withdraw',
  'write',
]);

/** Nouns that happen to begin like a verb. */
export const NOUNS: ReadonlySet<string> = new Set([
  'match-key',
  'open-item',
  'print-format',
  'print-labels',
  'print-page',
  'print-scripts',
  'print-style',
]);

/** Shell files of a module, private to it. */
export const SHELL: ReadonlySet<string> = new Set(['store', 'routes', 'jobs']);

export const LIMITS = {
  fileLines: 500,
  functionLines: 70,
  lineCharacters: 130,
  parameters: 4,
  moduleReadmeLines: 80,
} as const;
