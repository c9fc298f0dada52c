# Rounding of what belongs to a token, each over its last dimension.

# x (B, K, S, D) ~ code scale + low: codes uint8 (B, K, S, D bits / 8), two to a byte at 4 bits; scale and low float16 (B, K, S, 1)
def quantize(self: __torch__.Ops,
  x: Tensor,
  bits: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
  y = torch.to(x, 6)
  b = int(bits)
  top = torch.sub(torch.__lshift__(1, b), 1)
  smallest = torch.amin(y, [-1], True)
  span = torch.sub(torch.amax(y, [-1], True), smallest)
  low = torch.to(torch.clamp(smallest, -65504, 65504), 5)
  scale = torch.to(torch.clamp(torch.div(span, top), 0, 65504), 5)
  s = torch.to(scale, 6)
  divisor = torch.where(torch.gt(s, 0), s, torch.ones_like(s))
  codes = torch.to(torch.clamp(torch.round(torch.div(torch.sub(y, torch.to(low, 6)), divisor)), 0, top), 0)
  if torch.eq(b, 4):
    first = torch.slice(codes, 3, 0, 9223372036854775807, 2)
    second = torch.slice(codes, 3, 1, 9223372036854775807, 2)
    packed = torch.bitwise_or(first, torch.bitwise_left_shift(second, 4))
  else:
    packed = codes
  return (packed, scale, low)

# float32 (B, K, S, D)
def dequantize(self: __torch__.Ops,
  packed: Tensor,
  scale: Tensor,
  low: Tensor,
  bits: Tensor) -> Tensor:
  if torch.eq(int(bits), 4):
    codes = torch.flatten(torch.stack([torch.bitwise_and(packed, 15), torch.bitwise_right_shift(packed, 4)], -1), 3)
  else:
    codes = packed
  return torch.add(torch.mul(torch.to(codes, 6), torch.to(scale, 6)), torch.to(low, 6))

# rounded + (x - x): the value of the first, the gradient of the second
def straight_through(self: __torch__.Ops,
  x: Tensor,
  rounded: Tensor) -> Tensor:
  return torch.add(torch.to(torch.detach(rounded), x), torch.sub(x, torch.detach(x)))

# before (B, K, S, D), then next (B, K, T, D) in its type
def append(self: __torch__.Ops,
  before: Tensor,
  next: Tensor) -> Tensor:
  return torch.cat([before, torch.to(next, before)], 2)
