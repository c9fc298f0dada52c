# Codes of levels that are not evenly spaced, for blocks of a flat array with one largest number each.

# x (n), size of a block: (B, size), the last filled with zeros
def blocks(self: __torch__.Ops,
  x: Tensor,
  size: Tensor) -> Tensor:
  n = int(size)
  missing = torch.remainder(torch.neg(torch.numel(x)), n)
  return torch.view(torch.constant_pad_nd(torch.flatten(x), [0, missing]), [-1, n])

# the largest |x| of each block (B)
def absmax(self: __torch__.Ops,
  x: Tensor,
  size: Tensor) -> Tensor:
  return torch.amax(torch.abs((self).blocks(x, size, )), [1])

# the mean (1), summed in float64
def mean(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.to(torch.mean(torch.to(x, 7), [0], True), 6)

# x float32 (n), absmax (B), levels ascending (L) and their codes (L): the codes of the nearest, uint8 (n)
def quantize(self: __torch__.Ops,
  x: Tensor,
  absmax: Tensor,
  levels: Tensor,
  codes: Tensor,
  size: Tensor) -> Tensor:
  most = torch.add(absmax, torch.to(torch.eq(absmax, 0), 6))
  u = torch.div((self).blocks(x, size, ), torch.unsqueeze(most, 1))
  between = torch.div(torch.add(torch.slice(levels, 0, 1), torch.slice(levels, 0, 0, -1)), 2)
  at = torch.slice(torch.flatten(torch.bucketize(u, between, right=True)), 0, 0, torch.numel(x))
  return torch.index_select(codes, 0, at)

# levels (L) by code: level * absmax, float32 (n)
def dequantize(self: __torch__.Ops,
  codes: Tensor,
  absmax: Tensor,
  levels: Tensor,
  size: Tensor) -> Tensor:
  values = torch.index_select(levels, 0, torch.to(codes, 3))
  scaled = torch.mul((self).blocks(values, size, ), torch.unsqueeze(absmax, 1))
  return torch.slice(torch.flatten(scaled), 0, 0, torch.numel(codes))

# codes uint8 (n) below 16: two in a byte, the first in the upper half
def pack(self: __torch__.Ops,
  codes: Tensor) -> Tensor:
  pairs = torch.view(torch.constant_pad_nd(codes, [0, torch.remainder(torch.numel(codes), 2)]), [-1, 2])
  return torch.bitwise_or(torch.bitwise_left_shift(torch.select(pairs, 1, 0), 4), torch.select(pairs, 1, 1))

def unpack(self: __torch__.Ops,
  packed: Tensor,
  count: Tensor) -> Tensor:
  pairs = torch.stack([torch.bitwise_right_shift(packed, 4), torch.bitwise_and(packed, 15)], 1)
  return torch.slice(torch.flatten(pairs), 0, 0, int(count))
