// The tags of a customer, added and taken away in place.

import { Badge, Group, TagsInput, Text } from '@mantine/core';
import { changeTags, listTags, readCustomerTags } from '#tags/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { Trouble } from '../../ui/Page.tsx';

export function CustomerTags({ customerId }: { readonly customerId: string }) {
  const read = useRead(readCustomerTags, { params: { customerId } });
  const known = useRead(listTags);
  const change = useCommand(changeTags);
  const tags = read.data?.tags ?? [];
  if (!read.data) return null;
  if (read.data.may.change !== true)
    return (
      <Group gap={4}>
        {tags.length === 0 ? <Text size="sm">–</Text> : null}
        {tags.map((tag) => (
          <Badge key={tag} variant="light" color="gray" tt="none">
            {tag}
          </Badge>
        ))}
      </Group>
    );
  const save = (next: readonly string[]): void => {
    const add = next.filter((tag) => !tags.includes(tag));
    const take = tags.filter((tag) => !next.includes(tag));
    change.mutate({ body: { customerIds: [customerId], add, take } });
  };
  return (
    <>
      {change.error ? <Trouble problem={change.error} /> : null}
      <TagsInput
        aria-label="Tags"
        size="xs"
        placeholder={tags.length === 0 ? 'add a tag and press Enter' : ''}
        data={(known.data?.rows ?? []).map(({ tag }) => tag)}
        value={tags}
        onChange={save}
      />
    </>
  );
}
