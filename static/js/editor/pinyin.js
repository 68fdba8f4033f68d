/** Pinyin of the characters that stand in our Chinese names of parts, so that juanji and jj find 卷积. Pure. */

const SYLLABLES =
  "yi一意 shang上 bu不 san散 xi习悉 ru乳入 you优 shen伸神 wei位维未 yu余预域语 li例力历离 xiu修 pian偏片 yuan元圆源 chong充冲 quan全权圈 " +
  "xie写 zhun准 chu出初除 han函 fen分 qie切且 lie列 zhi制直值置知至指 qian前嵌迁 jian减剪渐间件 jia加假 hua化划 dan单 juan卷 ya压牙 can参残 " +
  "shuang双 bian变编边 ke可 tai台态 hao号 zhou周轴 qi器期起 hui回绘灰 tuan团 jun均 kuai块快 tian填添 duo多 da大 shi失实始使式矢时识事 tou头投 " +
  "zi字子自 xue学血 dui对队 wei尾 niao尿 ceng层 zhan展 cha差插 ji己积激机记忆级极集几基 dai带代袋 chang常长 ping平 xu序 qi弃棋 xuan弦旋选 " +
  "gui归规轨 xun循训 yi忆异译移 xing性形型 heng恒横 cheng成乘 shou手收 pi批 kang抗 la拉 kong控空 yan掩烟 fang放方 lian敛练连 shu数输书树 si斯似 " +
  "qu曲去取 zui最 yue月约 rou柔 biao标表 yang样 ti梯提 zheng正整 qiu求球 chi池迟 xie泄 zhu注主 luo螺 dong洞动 huo活 lou漏 huo火或 dian点 re热 " +
  "lv率滤绿 huan环 sheng生声 bing病并 ai癌 pan盘 ma码 ying硬应 deng等 lei类累 tang糖 xian线限 zu组足 suo缩 xian腺 hua花 tao萄 pu葡普谱 cai裁采 " +
  "ci词次 wu误物 yue跃阅 tiao跳条 zhuan转专 ruan软 tui退 tong通同 jiu酒 zhong重种中 men门 jie阶接结截 sui随 mian面 kui馈 gao高 yuan鸢 " +
  "qiao壳 bao包保 liang量两 ke克 ge格 xi稀 shu疏 gu固 ding定 wen温稳 he核合和 he盒 ben本 tu图土 xiang像向项 su素速 nei内 wai外 jue绝 jue决 " +
  "ren人 gong工 ling零灵 sui碎 shan山扇 gu谷 xie斜 qiu丘 luan卵 yu羽 guang光 zao噪 yin音隐因 ban半版 dian典 hei黑 bai白 xiao小效消 ";

/** @type {Map<string, string>} */
const SOUNDS = new Map(
  SYLLABLES.trim()
    .split(/\s+/)
    .flatMap((group) => {
      const [, sound, characters] = /** @type {RegExpMatchArray} */ (group.match(/^([a-z]+)(.+)$/));
      return [...characters].map((character) => /** @type {[string, string]} */ ([character, sound]));
    }),
);

/** How a Chinese name sounds, without tones: juanji. Empty where a character is not known. @param {string} text */
export function pinyin(text) {
  return spelt(text, (sound) => sound);
}

/** Its first letters: jj. @param {string} text */
export function initials(text) {
  return spelt(text, (sound) => sound[0]);
}

/** @param {string} text @param {(sound: string) => string} part */
function spelt(text, part) {
  const characters = [...text].filter((character) => /\p{Script=Han}/u.test(character));
  if (characters.length === 0) return "";
  const sounds = characters.map((character) => SOUNDS.get(character));
  return sounds.every(Boolean) ? sounds.map((sound) => part(/** @type {string} */ (sound))).join("") : "";
}
