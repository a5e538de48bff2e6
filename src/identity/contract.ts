// What the API says about people, roles, keys and the audit trail.

import { z } from 'zod';
import {
  dayText,
  idText,
  moment,
  momentText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { PERMISSIONS, ROLES } from './permission.ts';

const TAG = 'People and keys';

const role = z.enum(ROLES).meta({ id: 'Role', description: 'What a member or key may do; see the roles.' });

const tenantOfMine = z
  .object({ id: idText, slug: z.string(), name: z.string(), timeZone: z.string(), role })
  .meta({ id: 'Membership' });

export const me = operation({
  id: 'read-me',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/me',
  summary: 'Who asks, for which tenant, what is allowed, and which day it is there',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    user: z
      .object({
        id: idText,
        name: z.string(),
        email: z.string(),
        twoFactor: z.boolean(),
        passwordIsTemporary: z
          .boolean()
          .meta({ description: 'Nothing but changing the password is allowed until it is changed.' }),
      })
      .nullable(),
    apiKey: z.object({ id: idText, name: z.string() }).nullable(),
    tenant: tenantOfMine,
    tenants: z.array(tenantOfMine),
    permissions: z.array(z.enum(PERMISSIONS)),
    today: dayText,
  }),
});

const member = z
  .object({ userId: idText, name: z.string(), email: z.string(), role, since: momentText })
  .meta({ id: 'Member' });

export const listMembers = operation({
  id: 'list-members',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/members',
  summary: 'The members of the tenant',
  tag: TAG,
  permission: 'member.manage',
  query: pageQuery.extend({ after: idText.optional() }),
  reply: pageOf(member),
});

const MEMBER_UNKNOWN: RefusalMeaning = [404, 'Nobody with this id is a member of this tenant.'];
const LAST_OWNER: RefusalMeaning = [
  409,
  'This is the last owner. Make somebody else an owner first, so that the tenant keeps one.',
];

export const addMember = operation({
  id: 'add-member',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/members',
  summary: 'Add a member; a person who is new gets a one-time password, shown in this answer only',
  tag: TAG,
  permission: 'member.manage',
  body: z.object({
    email: textLine(254).meta({ format: 'email' }),
    name: textLine(200).meta({ description: 'Used for a person who is new; others keep their name.' }),
    role,
  }),
  reply: z.object({
    userId: idText,
    oneTimePassword: z.string().nullable().meta({
      description:
        'Null for a person who could sign in already, in a rehearsal, and when a request is repeated.',
    }),
  }),
  refusals: {
    email_not_valid: [422, 'This is not an e-mail address. Check it for typing errors.'],
    email_taken: [409, 'A person with this e-mail address was added at the same moment. Try again.'],
    name_not_valid: [422, 'A name has 1 to 200 characters.'],
    already_member: [409, 'This person is a member already. Change the role instead.'],
  },
});

export const changeMemberRole = operation({
  id: 'change-member-role',
  kind: 'command',
  method: 'PATCH',
  path: '/api/v1/members/:userId',
  summary: 'Give a member another role',
  tag: TAG,
  permission: 'member.manage',
  params: z.object({ userId: idText }),
  body: z.object({ role }),
  reply: z.object({ userId: idText, role }),
  refusals: {
    member_unknown: MEMBER_UNKNOWN,
    last_owner: LAST_OWNER,
    role_unchanged: [409, 'The member has this role already.'],
  },
});

export const removeMember = operation({
  id: 'remove-member',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/members/:userId',
  summary: 'Remove a member; what they did stays recorded',
  tag: TAG,
  permission: 'member.manage',
  params: z.object({ userId: idText }),
  reply: z.object({ userId: idText }),
  refusals: { member_unknown: MEMBER_UNKNOWN, last_owner: LAST_OWNER },
});

const apiKey = z
  .object({
    id: idText,
    name: z.string(),
    prefix: z.string().meta({ description: 'The part after `qt_` that tells keys apart; not secret.' }),
    role,
    createdAt: momentText,
    expiresAt: momentText.nullable(),
    revokedAt: momentText.nullable(),
    lastUsedAt: momentText.nullable().meta({ description: 'Exact to a minute.' }),
  })
  .meta({ id: 'ApiKey' });

export const listApiKeys = operation({
  id: 'list-api-keys',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/api-keys',
  summary: 'The API keys of the tenant, revoked ones too',
  tag: TAG,
  permission: 'api_key.manage',
  query: pageQuery.extend({ after: idText.optional() }),
  reply: pageOf(apiKey),
});

export const makeApiKey = operation({
  id: 'make-api-key',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/api-keys',
  summary: 'Make an API key; its text is shown in this answer only',
  tag: TAG,
  permission: 'api_key.manage',
  body: z.object({ name: textLine(100), role, expiresAt: moment.optional() }),
  reply: z.object({
    apiKeyId: idText,
    prefix: z.string(),
    key: z.string().nullable().meta({
      description:
        'Null in a rehearsal and when a request is repeated. Then revoke the key and make another.',
    }),
  }),
  refusals: { expiry_not_in_future: [422, 'The key would have expired already. Choose a later moment.'] },
});

export const revokeApiKey = operation({
  id: 'revoke-api-key',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/api-keys/:apiKeyId',
  summary: 'Revoke an API key for ever',
  tag: TAG,
  permission: 'api_key.manage',
  params: z.object({ apiKeyId: idText }),
  reply: z.object({ apiKeyId: idText }),
  refusals: {
    api_key_unknown: [404, 'There is no key with this id in this tenant.'],
    api_key_already_revoked: [409, 'This key was revoked before.'],
  },
});

export const listEvents = operation({
  id: 'list-events',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/events',
  summary: 'What happened, who did it and when, the latest first',
  tag: 'Audit',
  permission: 'book.read',
  query: pageQuery.extend({
    after: idText.optional(),
    subjectId: idText.optional().meta({ description: 'Only what happened to this thing.' }),
    customerId: idText.optional().meta({ description: 'Only what happened to this customer and theirs.' }),
  }),
  reply: pageOf(
    z
      .object({
        id: idText,
        type: z.string().meta({ examples: ['payment.applied'] }),
        subjectId: idText,
        customerId: idText.nullable(),
        actor: z.object({
          kind: z.enum(['user', 'api_key', 'system']),
          id: z.string(),
          name: z.string(),
        }),
        commandId: idText,
        data: z.record(z.string(), z.unknown()),
        recordedAt: momentText,
      })
      .meta({ id: 'Event' }),
  ),
});
