import type { Words } from '../words.ts';

export const gallery: Words['gallery'] = {
  title: '作品库',
  search: '搜索提示词',
  searchPlaceholder: '搜索提示词…',
  clearSearch: '清除搜索',
  filters: '筛选',
  status: '状态',
  anyStatus: '全部状态',
  integration: '服务',
  anyIntegration: '全部服务',
  from: '从',
  to: '到',
  clear: '清除筛选',
  grid: '结果',
  loadingMore: '正在加载更多…',
  end: '已全部显示。',
  newOnes: (count) => `${count} 个新结果`,
  empty: '这里还没有内容',
  emptyDetail: '你生成的内容会出现在这里。',
  nothingFound: '没有匹配的结果',
  nothingFoundDetail: '请换个词，或清除筛选。',
};
