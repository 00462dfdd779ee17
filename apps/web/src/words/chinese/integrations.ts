import type { Words } from '../words.ts';

export const integrations: Words['integrations'] = {
  operations: {
    'text-to-image': '文生图',
    'image-to-image': '图生图',
    'text-to-video': '文生视频',
    'image-to-video': '图生视频',
  },
  descriptions: {
    'fangzhou-video-generation': '火山方舟提供的 Seedance 视频模型。',
    'nano-banana': 'Google 的 nano banana 图片模型，由 kie.ai 提供。',
    nanobanana2: 'Google 的 nano banana 图片模型，直接调用或经由网关。',
    seedream: '火山方舟提供的 Seedream 图片模型。',
    sora: 'OpenAI 视频接口的视频模型，兼容的服务器也可以。',
    veo: 'Google 的视频模型，经由 Gemini 开发者接口。',
  },
};
