// Which policy a customer has today and why: each policy up to the one that counts, with what was seen at each part of its rule.

import { Badge, Group, List, Stack, Text } from '@mantine/core';
import { explainPolicies } from '#policies/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { Panel, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { segmentWords } from './policy-words.ts';

type Choice = Reply<typeof explainPolicies>['rows'][number];
type Line = Choice['policies'][number]['lines'][number];

export function CustomerPolicy({ customerId }: { readonly customerId: string }) {
  const read = useRead(explainPolicies, { params: { customerId } });
  return (
    <Shown read={read}>
      {({ set, rows }) => (
        <Stack>
          {rows.map((row) => (
            <Panel
              key={row.company.id}
              title={`How ${row.company.name} reminds: ${row.policies.at(-1)?.name ?? ''}`}
            >
              <Stack gap="sm">
                <Text size="sm" c="dimmed">
                  On {dayWords(row.on)}, by{' '}
                  {set ? (
                    <TenantLink to={`policies/${set.setId}`}>
                      {set.number}. {set.name}
                    </TenantLink>
                  ) : (
                    'what comes with Quittance'
                  )}
                  . The first policy whose rule is true counts.
                </Text>
                <List type="ordered" spacing="sm" size="sm" listStyleType="decimal">
                  {row.policies.map((policy) => (
                    <List.Item key={policy.code}>
                      <Group gap="xs">
                        <Text size="sm" fw={600}>
                          {policy.name}
                        </Text>
                        <Badge color={policy.counts ? 'teal' : 'gray'} variant="light">
                          {policy.counts ? 'counts' : 'passed over'}
                        </Badge>
                      </Group>
                      {policy.lines.map((line, index) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a rule have no name but their place
                        <RuleLine key={index} line={line} />
                      ))}
                    </List.Item>
                  ))}
                </List>
              </Stack>
            </Panel>
          ))}
        </Stack>
      )}
    </Shown>
  );
}

const PARTS: Readonly<Record<string, string>> = {
  everybody: 'for everybody',
  all: 'all of these',
  any: 'one of these at least',
  not: 'not this',
};

function RuleLine({ line }: { readonly line: Line }) {
  const { depth, says, holds, rule, seen } = line;
  const verdict = holds === null ? 'not known' : holds ? 'true' : 'not true';
  return (
    <Text size="sm" pl={depth * 20} style={{ overflowWrap: 'anywhere' }}>
      {rule ? segmentWords(rule) : PARTS[says]}
      {says === 'everybody' ? '' : ': '}
      {says === 'everybody' ? null : (
        <Text span fw={550} c={holds ? 'teal.8' : 'dimmed'}>
          {verdict}
        </Text>
      )}
      {seen === null ? '' : `, it is ${seen}`}
    </Text>
  );
}
