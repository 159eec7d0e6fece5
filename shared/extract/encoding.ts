// A byte order mark says what a file is, and valid UTF-8 is nearly always meant as UTF-8.
// Otherwise each encoding reads a stretch of the file, and the reading most like Chinese
// wins: WEIGHTS is roughly the logarithm of how often a character stands in Chinese text, so
// sums over the same bytes can be compared. That a decoder accepts the bytes proves little:
// GB18030 accepts most of Big5. A reading too unlike Chinese is none. (Over 400 lines because
// the characters are listed here: nothing else should read them.)

/**
 * The encodings that text files are read in. GB2312 and GBK are read as the GB18030 that
 * contains them. UTF-16 has one label each way round, with a byte order mark or without.
 */
export const ENCODINGS = ['utf-8', 'utf-8-bom', 'gb18030', 'big5', 'utf-16le', 'utf-16be'] as const

export type EncodingLabel = (typeof ENCODINGS)[number]

/** The encoding that fits some bytes best, and whether nothing else comes near. */
export interface DetectedEncoding {
  readonly encoding: EncodingLabel
  /** When false, a person should look at a preview before the text is trusted. */
  readonly sure: boolean
}

/** `null`: none of the encodings gives text that one would expect in a report. */
export type Detection = DetectedEncoding | null

export interface DetectOptions {
  /** The bytes are only the file's head, so that a character may be cut at their end. */
  readonly partial?: boolean
}

/** Bytes as text, without a byte order mark. */
export interface DecodedText {
  readonly text: string
  /** How many U+FFFD stand for bytes that fit nothing; those that the file itself has do not count. */
  readonly replaced: number
}

/**
 * How a text file's bytes are most likely meant. Reads all bytes once to check UTF-8, and
 * weighs the other encodings on at most 64 KB.
 *
 * Bytes that are UTF-8 but for a few errors are detected as UTF-8 and not sure, so that a
 * damaged file is not taken for something else. An ASCII-only head of a file is not sure.
 */
export function detectEncoding(bytes: Uint8Array, options: DetectOptions = {}): Detection {
  const isPartial = options.partial ?? false
  if (startsWith(bytes, UTF_32LE_MARK) || startsWith(bytes, UTF_32BE_MARK)) return null
  const marked = MARKS.find(([mark]) => startsWith(bytes, mark))
  if (marked) return { encoding: marked[1], sure: true }

  const found = scanUtf8(bytes)
  const malformed = found.malformed - (isPartial && found.isCut ? 1 : 0)
  if (malformed === 0) {
    if (found.long > 0 && found.nuls === 0) return { encoding: 'utf-8', sure: true }
    if (found.short === 0 && found.controls === 0) {
      return { encoding: 'utf-8', sure: !isPartial && !mayBeHan(bytes) }
    }
  } else if (found.long >= 2 && found.long >= 3 * malformed && found.nuls === 0) {
    return { encoding: 'utf-8', sure: false }
  }

  const sample = sampleOf(bytes)
  const isCut = isPartial || sample.end < bytes.length
  const part = bytes.subarray(sample.start, sample.end)
  const readings = CANDIDATES.map(encoding => readingOf(part, encoding, { isCut }))
  if (malformed === 0) {
    const isClean = found.nuls === 0 && found.controls * 20 <= bytes.length
    return orUtf8(readings, utf8Reading(part, { isCut }), { isClean })
  }
  return bestOf(readings)
}

/**
 * The text of bytes that {@link detectEncoding} is sure are UTF-8 without a mark, because they
 * are valid and hold a character of three bytes or more but no NUL; else `null`. Most files are
 * such, and are then read only once.
 */
export function obviousUtf8(bytes: Uint8Array): (DetectedEncoding & DecodedText) | null {
  if (MARKS.some(([mark]) => startsWith(bytes, mark))) return null
  const text = decodeStrictly(bytes, 'utf-8')
  if (text === null || !/[\u0800-\uffff]/.test(text) || text.includes('\0')) return null
  return { encoding: 'utf-8', sure: true, text, replaced: 0 }
}

/**
 * Decodes bytes. Where they do not fit, U+FFFD stands in their place and is counted; a lone
 * surrogate in UTF-16 is such a place. One byte order mark at the start is left out.
 */
export function decodeText(bytes: Uint8Array, encoding: EncodingLabel): DecodedText {
  const strict = decodeStrictly(bytes, encoding)
  if (strict !== null) return { text: withoutMark(strict), replaced: 0 }
  const text = decodeLeniently(bytes, encoding)
  return { text: withoutMark(text), replaced: countReplaced(bytes, encoding, text) }
}

/**
 * Decodes the beginning of some bytes. Puts U+FFFD where they do not fit, but leaves out a
 * character that is cut at their end.
 */
export function decodeHead(bytes: Uint8Array, encoding: EncodingLabel): string {
  return withoutMark(decodeLeniently(bytes, encoding, { stream: true }))
}

const SAMPLE_BYTES = 65_536

const CANDIDATES = ['gb18030', 'big5', 'utf-16le', 'utf-16be'] as const

const UTF_32LE_MARK = [0xff, 0xfe, 0, 0]
const UTF_32BE_MARK = [0, 0, 0xfe, 0xff]
const MARKS: readonly (readonly [readonly number[], EncodingLabel])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8-bom'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x84, 0x31, 0x95, 0x33], 'gb18030'],
]

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte)
}

interface Utf8Scan {
  /** Two-byte characters, which are not Chinese, and longer ones. */
  short: number
  long: number
  /** Places where the bytes are not UTF-8, and whether the last is a character cut by the end. */
  malformed: number
  isCut: boolean
  /** Control characters that texts do not use, and how many of them are NUL. */
  controls: number
  nuls: number
}

/** What some bytes hold if they are UTF-8. Allocates nothing, because files may be large. */
function scanUtf8(bytes: Uint8Array): Utf8Scan {
  const found: Utf8Scan = {
    short: 0,
    long: 0,
    malformed: 0,
    isCut: false,
    controls: 0,
    nuls: 0,
  }
  let at = 0
  while (at < bytes.length) {
    const lead = bytes[at++]!
    if (lead < 0x80) {
      if (lead === 0) found.nuls++
      if (isOddControl(lead)) found.controls++
      continue
    }
    const more = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    let left = more
    // Overlong forms, surrogates and what lies above U+10FFFF show in the second byte.
    let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    while (left > 0 && at < bytes.length && bytes[at]! >= low && bytes[at]! <= high) {
      low = 0x80
      high = 0xbf
      left--
      at++
    }
    if (more === 0 || left > 0) {
      found.malformed++
      found.isCut = more > 0 && at === bytes.length
    } else if (more === 1) found.short++
    else found.long++
  }
  return found
}

/** C0 controls and DEL, without tab, line feed, form feed and carriage return. */
function isOddControl(unit: number): boolean {
  return unit < 0x20 ? unit < 9 || unit === 11 || unit > 13 : unit === 0x7f
}

/** Where to weigh: from the start, or from the first byte that is not ASCII if that is late. */
function sampleOf(bytes: Uint8Array): { readonly start: number; readonly end: number } {
  const first = bytes.findIndex(byte => byte >= 0x80 || isOddControl(byte))
  const start = first < SAMPLE_BYTES / 2 ? 0 : first - (first % 2)
  return { start, end: Math.min(bytes.length, start + SAMPLE_BYTES) }
}

/** One encoding's view of the sample. */
interface Reading {
  readonly encoding: EncodingLabel
  /** The sum of all weights: the larger, the likelier. */
  readonly likelihood: number
  /** The weight of those characters, on average, that tell encodings apart. */
  readonly average: number
  /** How many these are. */
  readonly told: number
  /** Whether many characters outside ASCII stand alone beside a Latin letter. */
  readonly hasStrays: boolean
}

/** Below this average, a reading is not Chinese; random Han characters have about -12. */
const LEAST_AVERAGE = -10.5
/** Below this average, or with a smaller lead over the next, a reading is not sure. */
const SURE_AVERAGE = -9.7
const SURE_LEAD = 6
/** With a smaller lead, nothing is taken for better than valid UTF-8. */
const LEAST_LEAD = 1

function readingOf(
  bytes: Uint8Array,
  encoding: (typeof CANDIDATES)[number],
  { isCut }: { readonly isCut: boolean },
): Reading {
  const text = decodeLeniently(bytes, encoding, { stream: isCut })
  // In UTF-16 a Latin letter tells as much as a Han character; elsewhere ASCII tells nothing.
  const tellsFrom = encoding === 'utf-16le' || encoding === 'utf-16be' ? 0 : 0x80
  let likelihood = 0
  let toldWeight = 0
  let told = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const weight = WEIGHTS[unit]!
    likelihood += weight
    if (unit < tellsFrom) continue
    toldWeight += weight
    told++
  }
  const average = told > 0 ? toldWeight / told : Number.NEGATIVE_INFINITY
  return {
    encoding,
    likelihood,
    average,
    told,
    hasStrays: tellsFrom > 0 && straysIn(text) * 4 > told,
  }
}

/** The view of valid UTF-8, which may be in any language, so that no letter in it is rare. */
function utf8Reading(bytes: Uint8Array, { isCut }: { readonly isCut: boolean }): Reading {
  const text = decodeLeniently(bytes, 'utf-8', { stream: isCut })
  let likelihood = 0
  let told = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const weight = WEIGHTS[unit]!
    if (unit >= 0xa0) told++
    likelihood += unit >= 0xa0 ? Math.max(weight, UTF_8_LETTER) : weight
  }
  return { encoding: 'utf-8', likelihood, average: UTF_8_LETTER, told, hasStrays: false }
}

const UTF_8_LETTER = -8.5

/** An accent read as a Han character: one between ASCII characters, next to a letter. */
const STRAY =
  /(?<=[A-Za-z])[\u0080-\uffff](?![\u0080-\uffff])|(?<![\u0080-\uffff])[\u0080-\uffff](?=[A-Za-z])/g

function straysIn(text: string): number {
  let count = 0
  for (const _stray of text.matchAll(STRAY)) count++
  return count
}

/** Whether a few ASCII characters are as well common Chinese ones in UTF-16, as \u201c-NfN\u201d is. */
function mayBeHan(bytes: Uint8Array): boolean {
  if (bytes.length > 32 || bytes.length % 2 === 1) return false
  const wide = (['utf-16le', 'utf-16be'] as const).map(encoding =>
    readingOf(bytes, encoding, { isCut: false }),
  )
  return wide.some(reading => reading.average >= SURE_AVERAGE)
}

/** The likeliest reading that looks like Chinese. */
function bestOf(readings: readonly Reading[]): Detection {
  const [best, next] = [...readings].sort((a, b) => b.likelihood - a.likelihood)
  if (!best || best.average < LEAST_AVERAGE) return null
  const lead = next ? best.likelihood - next.likelihood : Number.POSITIVE_INFINITY
  const isSolid = best.told >= 3 && !best.hasStrays
  return {
    encoding: best.encoding,
    sure: isSolid && best.average >= SURE_AVERAGE && lead >= SURE_LEAD,
  }
}

/**
 * The same where the bytes are also valid UTF-8, without Chinese in it or with control
 * characters: UTF-8, unless another reading is much better. `isClean` says that control
 * characters are few, so that it may be sure of UTF-8.
 */
function orUtf8(
  readings: readonly Reading[],
  utf8: Reading,
  { isClean }: { readonly isClean: boolean },
): Detection {
  const better = readings.filter(
    reading => !reading.hasStrays && reading.likelihood > utf8.likelihood + LEAST_LEAD,
  )
  const best = bestOf(better)
  if (!best) return { encoding: 'utf-8', sure: isClean && better.length === 0 }
  const isClear = better.some(
    reading =>
      reading.encoding === best.encoding && reading.likelihood > utf8.likelihood + 2 * SURE_LEAD,
  )
  return { encoding: best.encoding, sure: best.sure && isClear }
}

function decodeStrictly(bytes: Uint8Array, encoding: EncodingLabel): string | null {
  try {
    const text = decoderOf(encoding, { fatal: true }).decode(bytes)
    return encoding === 'big5' && text !== standardBig5(text) ? null : text
  } catch {
    // A fatal decoder's only way to say that bytes do not fit.
    return null
  }
}

function decodeLeniently(
  bytes: Uint8Array,
  encoding: EncodingLabel,
  options: { stream?: boolean } = {},
): string {
  const text = decoderOf(encoding, { fatal: false }).decode(bytes, options)
  return encoding === 'big5' ? standardBig5(text) : text
}

function decoderOf(encoding: EncodingLabel, { fatal }: { fatal: boolean }): TextDecoder {
  const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding
  return new TextDecoder(label, { fatal, ignoreBOM: true })
}

/**
 * Node's Big5 is code page 950: it gives private-use characters for the extensions that the
 * standard's Big5 reads (Hong Kong characters, circled numbers) or refuses. A report must not
 * depend on the door it came in by, so what the standard never gives counts as unreadable.
 */
function standardBig5(text: string): string {
  return text.replace(/[\u0080-\u009f\ue000-\uf8ff]/g, '\ufffd').replaceAll('\u2593', '\uffed')
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

function countReplaced(bytes: Uint8Array, encoding: EncodingLabel, text: string): number {
  const all = countReplacements(text)
  switch (encoding) {
    case 'utf-8':
    case 'utf-8-bom':
      return all - countRuns(bytes, [0xef, 0xbf, 0xbd], 1)
    case 'utf-16le':
      return all - countRuns(bytes, [0xfd, 0xff], 2)
    case 'utf-16be':
      return all - countRuns(bytes, [0xff, 0xfd], 2)
    case 'big5':
      return all
    case 'gb18030':
      return countReplacements(decodeLeniently(withoutOwnReplacements(bytes), encoding))
  }
}

/** How often a run of bytes begins at a multiple of `step`. */
function countRuns(bytes: Uint8Array, run: readonly number[], step: number): number {
  let count = 0
  for (let at = 0; at + run.length <= bytes.length; at += step) {
    if (run.every((byte, i) => bytes[at + i] === byte)) count++
  }
  return count
}

function countReplacements(text: string): number {
  let count = 0
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count++
  return count
}

/**
 * GB18030 bytes with each U+FFFD made into its neighbour U+FFFC. Only the last digit differs,
 * so whatever else the four bytes may be part of is still read, or not, as before.
 */
function withoutOwnReplacements(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice()
  for (let at = 0; at + 3 < bytes.length; at++) {
    if (bytes[at] !== 0x84 || bytes[at + 1] !== 0x31) continue
    if (bytes[at + 2] === 0xa4 && bytes[at + 3] === 0x37) changed[at + 3] = 0x36
  }
  return changed
}

/** Frequent characters of present-day Chinese in simplified writing, about from the commonest. */
const SIMPLIFIED =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子' +
  '说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机' +
  '当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心' +
  '反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程' +
  '展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期' +
  '根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志' +
  '世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每' +
  '目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律' +
  '叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感' +
  '劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片' +
  '始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪' +
  '神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士' +
  '均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输' +
  '修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责' +
  '站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝' +
  '析块剂测丝协诉念陈仍罗盐友洋错苦夜刑移频逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括' +
  '激孔搞甚室待核校散侵吧甲游久菜味旧模湖货损预阻毫普稳乙妈植息扩银语挥酒守拿序纸医缺雨吗针刘啊急' +
  '唱误训愿审附获茶鲜粮斤孩脱硫肥善龙演父渐血欢械掌歌沙刚攻谓盾讨晚粒乱燃矛乎杀药宁鲁贵钟煤读班伯' +
  '香介迫句丰培握兰担弦蛋沉假穿执答乐谁顺烟缩征脸喜松脚困异免背星福买染井概慢怕磁倍祖皇促静补评翻' +
  '肉践尼衣宽扬棉希伤操垂秋宜氢套督振架亮末宪庆编牛触映雷销诗座居抓裂胞呼娘景威绿晶厚盟衡鸡孙延危' +
  '胶屋乡临陆顾掉呀灯岁措束耐剧玉赵跳哥季课凯胡额款绍卷齐伟蒸殖永宗苗川炉岩弱零杨奏沿露杆探滑镇饭' +
  '浓航怀赶库夺伊灵税途灭赛归召鼓播盘裁险康唯录菌纯借糖盖横符私努堂域枪润幅哈竟熟虫泽脑壤碳欧遍侧' +
  '寨敢彻虑斜薄庭纳弹饲伸折麦湿暗荷瓦塞床筑恶户访塔奇透梁刀旋迹卡氯遇份毒泥退洗摆灰彩卖耗夏择忙铜' +
  '献硬予繁圈雪函亦抽篇阵阴丁尺追堆雄迎泛爸楼避谋吨野猪旗累偏典馆索秦脂潮爷豆忽托惊塑遗愈朱替纤粗' +
  '倾尚痛楚谢奋购磨君池旁碎骨监捕弟暴割贯殊释词亡壁顿宝午尘闻揭炮残冬桥妇警综招吴付浮遭徐您摇谷赞' +
  '箱隔订男吹园纷唐败宋玻巨耕坦荣闭湾键凡驻锅救恩剥凝碱齿截炼麻纺禁废盛版缓净睛昌婚涉筒嘴插岸朗庄' +
  '街藏姑贸腐奴啦惯乘伙恢匀纱扎辩耳彪臣亿璃抵脉秀萨俄网舞店喷纵寸汗挂洪贺闪柬爆烯津稻墙软勇像滚厘' +
  '蒙芳肯坡柱荡腿仪旅尾轧冰贡登黎削钻勒逃障氨郭峰币港伏轨亩毕擦莫刺浪秘援株健售股岛甘泡睡童铸汤阀' +
  '休汇舍牧绕炸哲磷绩朋淡尖启陷柴呈徒颜泪稍忘泵蓝拖洞授镜辛壮锋贫虚弯摩泰幼廷尊窗纲弄隶疑氏宫姐震' +
  '瑞怪尤琴循描膜违夹腰缘珠穷森枝竹沟催绳忆邦剩幸浆栏拥牙贮礼滤钠纹罢拍咱喊袖埃勤罚焦潜伍墨欲缝姓' +
  '刊饱仿奖铝鬼丽跨默挖链扫喝袋炭污幕诸弧励梅奶洁灾舟鉴苯讼抱毁懂寒智埔寄届跃渡挑丹艰贝碰拔爹戴码' +
  '梦芽熔赤渔哭敬颗奔铅仲虎稀妹乏珍申桌遵允隆螺仓魏锐晓氮兼隐碍赫拨忠肃缸牵抢博巧壳兄杜讯诚碧祥柯' +
  '页巡矩悲灌龄伦票寻桂铺圣恐恰郑趣抬荒腾贴柔滴猛阔辆妻填撤储签闹扰紫砂递戏吊陶伐喂疗瓶婆抚臂摸忍' +
  '虾蜡邻胸巩挤偶弃槽劲乳邓吉仁烂砖租乌舰伴瓜浅丙暂燥橡柳迷暖牌秧胆详簧踏瓷谱呆宾糊洛辉愤竞隙怒粘' +
  '乃绪肩籍敏涂熙皆侦悬掘享纠醒狂锁淀恨牲霸爬赏逆玩陵祝秒浙貌督履职廉政效能宪纠纷仲裁赋综窗诚'

/** The same for characters that are written otherwise in traditional writing. */
const TRADITIONAL =
  '這個為來們國時說會對於後發過學經動進產種現實電當體點從業應開還與關間樣義變問氣條無軍數結線題黨' +
  '員總設長資邊級統較將見計別論運農幾區強決戰則據處隊門規熱領東導壓爭濟階術極聯認權證單風帶場車務' +
  '萬達積議聲報鬥類離華確張馬節話況傳許廣記觀織裝眾書複復兒須際驗連斷難礦備辦習響約勞團歷構稱準號' +
  '維劃選標寫親層專狀廠識適屬圓調滿縣參紅細聽該鐵價嚴隨蘇爾講黃顯談藝營項舉勢臺灣幫輪師圍遠態減樹' +
  '僅費緊愛續輕試護練負擊範繼興餘堅輸夠筆佔財職覺漢畫雖雜飛檢陽創壞換鋼簡錢盡沖獨環雙請讓紀優頂礎' +
  '載敵勝絕塊劑測協訴陳羅鹽錯頻終雲衛燒舊貨損預穩媽擴銀語揮紙醫嗎針劉誤訓願審獲鮮糧脫龍漸歡剛謂討' +
  '亂殺藥寧貴鐘煤讀豐擔執樂誰順煙縮徵臉鬆異買補評踐寬揚傷慶編觸銷詩綠廳雞孫陸顧燈歲劇趙課凱額紹齊' +
  '偉爐楊鎮飯濃懷趕庫奪靈滅賽歸盤險錄純借蓋槍潤蟲澤腦歐側徹慮納彈飼麥濕築惡戶訪跡擺賣擇銅獻陣陰樓' +
  '謀噸豬館爺驚遺纖傾謝奮購監貫釋詞頓寶塵聞殘橋婦綜吳搖贊訂園紛敗榮閉鍵駐鍋齒煉紡廢緩淨莊貿慣夥勻' +
  '紗紮辯億脈薩網噴縱掛賀閃墻軟滾厘貢鑽幣軌畢島鑄湯閥匯捨繞績啟顏淚藍鏡壯鋒貧虛彎寢綱隸宮違夾緣窮' +
  '溝繩憶漿欄擁禮濾紋罷罰潛縫飽獎鋁麗鏈掃汙諸勵潔災鑒訟毀屆躍艱貝夢漁顆鉛倉銳曉隱礙撥肅牽搶殼訊誠' +
  '頁齡倫尋鋪聖鄭騰貼闊輛儲簽鬧擾遞戲撫療臘鄰鞏擠棄勁鄧爛磚租烏艦淺暫膽詳譜賓輝憤競緒塗偵懸糾鎖澱' +
  '賞佈著裡裏麼甚說爲衆羣啓線綫週錶鍾捲迴闆係佢嘅唔咁乜冇吖啲囉嗰您喔啦嘛該處屬讓'

const WEIGHTS = weights()

/** The weight of each UTF-16 unit, by the unit. */
function weights(): Float64Array {
  const table = new Float64Array(0x10000).fill(-16)
  const set = (first: number, last: number, weight: number) => {
    table.fill(weight, first, last + 1)
  }
  set(0x0000, 0x001f, -22)
  set(0x0020, 0x007e, -4.5)
  set(0x007f, 0x009f, -22)
  set(0x00a0, 0x024f, -11)
  set(0x0370, 0x058f, -14)
  set(0x2000, 0x206f, -12)
  set(0x2100, 0x25ff, -11)
  set(0x3000, 0x303f, -12)
  // Kana, bopomofo and Hangul: every one of these codes is also common Han text elsewhere.
  set(0x3040, 0x318f, -15)
  set(0x3400, 0x4dbf, -17)
  set(0x4e00, 0x9fa5, -12.5)
  set(0xac00, 0xd7af, -15)
  // A pair costs two units, about as much as any very rare character.
  set(0xd800, 0xdfff, -9)
  set(0xe000, 0xf8ff, -22)
  set(0xff01, 0xff5e, -8)
  set(0xfdd0, 0xfdef, -24)
  set(0xfffd, 0xffff, -24)
  rank('\t\n\f\r', -4.5, 0)
  rank('\u3001\u3002\uff0c', -4, 0)
  rank('\uff1a\uff1b\uff08\uff09\u201c\u201d\u300a\u300b\u2014\u3000\uff01\uff1f', -5.5, 0)
  rank(
    '\u300c\u300d\u300e\u300f\u3008\u3009\u3010\u3011\u3014\u3015\u2018\u2019\u2026\u00b7',
    -7,
    0,
  )
  // Zipf: frequency falls with rank, which leaves the 1,500th at about -9.
  rank(SIMPLIFIED, -1.8, 20)
  rank(TRADITIONAL, -2.2, 60)
  return table

  function rank(characters: string, weight: number, shift: number): void {
    for (let at = 0; at < characters.length; at++) {
      const unit = characters.charCodeAt(at)
      const ranked = shift === 0 ? weight : weight - Math.log(at + shift)
      if (table[unit]! < ranked) table[unit] = ranked
    }
  }
}
