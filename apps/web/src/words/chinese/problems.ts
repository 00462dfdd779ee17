import type { Words } from '../words.ts';

export const problems: Words['problems'] = {
  not_found: '它已不存在，或属于另一个账户。',
  call_not_ended: '它仍在进行中。请等它结束，或先取消。',
  integration_disabled: '生成它的服务在此处已停用，可请此 Darkroom 的管理员启用。',
  unknown_integration: '生成它的服务已不存在。请沿用设置，换一个服务。',
  unknown_operation: '生成它的服务已不再提供此操作。请沿用设置，换一个服务。',
  artifact_removed: '所用的一个文件已被移除。请沿用设置，并重新添加文件。',
  idempotency_key_reused: '此前以另一种形式提交过。这次没有生成，请再试一次。',
  batch_id_reused: '这些失败项此前已以另一种形式重试过，请查看批次列表。',
  too_large: '超出了 Darkroom 一次能接受的大小。',
  foreign_origin: 'Darkroom 不接受来自此地址页面的请求，请使用它的正式地址打开。',
};
