import ridge from '../../../resources/samples/thumbs/A012_C003_0915.jpg'
import lake from '../../../resources/samples/thumbs/A012_C004_0915.jpg'
import forest from '../../../resources/samples/thumbs/A012_C007_0915.jpg'
import field from '../../../resources/samples/thumbs/A012_C009_0915.jpg'
import dunes from '../../../resources/samples/thumbs/A012_S001_0915.jpg'
import road from '../../../resources/samples/thumbs/B003_C001_0915.jpg'
import city from '../../../resources/samples/thumbs/B003_C002_0915.jpg'
import cabin from '../../../resources/samples/thumbs/B003_C005_0915.jpg'
import sea from '../../../resources/samples/thumbs/B003_C006_0915.jpg'

/** First frames of the sample clips, as CSS images, in the order of the strip on the first page. */
export const stills: readonly string[] = [lake, forest, road, ridge, field, sea, city, cabin, dunes].map(
  (url) => `url("${url}")`,
)
