// A number that dials when it is clicked, by whatever the tenant calls with.

import { Anchor, Badge, Group, Text } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { dialLink } from '#calls/contract.ts';

type DialLinkProps = {
  readonly template: string;
  readonly phone: string;
  readonly name: string;
  readonly isWrong?: boolean;
  /** Nobody is to dial it now. */
  readonly isBarred?: boolean;
};

export function DialLink({ template, phone, name, isWrong = false, isBarred = false }: DialLinkProps) {
  const href = isBarred ? undefined : dialLink(template, phone);
  return (
    <Group gap={6} wrap="nowrap">
      {href === undefined ? (
        <Text size="sm">{phone}</Text>
      ) : (
        <Anchor href={href} size="sm" aria-label={`Call ${name} at ${phone}`} data-dial>
          <Group gap={4} wrap="nowrap">
            <IconPhone size={15} aria-hidden />
            {phone}
          </Group>
        </Anchor>
      )}
      {isWrong ? (
        <Badge color="orange" variant="light">
          wrong number
        </Badge>
      ) : null}
    </Group>
  );
}
