# Packing of small codes into bytes.

# codes uint8 (R, C): bits shift to shift + width of each, 8 / width of them in a byte
def pack(self: __torch__.Ops,
  codes: Tensor,
  shift: Tensor,
  width: Tensor) -> Tensor:
  w = int(width)
  n = torch.floordiv(8, w)
  places = torch.mul(torch.arange(n, dtype=3, layout=None, device=codes.device), w)
  part = torch.bitwise_and(torch.bitwise_right_shift(torch.to(codes, 3), int(shift)), torch.sub(torch.__lshift__(1, w), 1))
  grouped = torch.view(part, [torch.size(codes, 0), torch.floordiv(torch.size(codes, 1), n), n])
  return torch.to(torch.sum(torch.bitwise_left_shift(grouped, places), [2]), 0)

def unpack(self: __torch__.Ops,
  plane: Tensor,
  shift: Tensor,
  width: Tensor) -> Tensor:
  w = int(width)
  n = torch.floordiv(8, w)
  places = torch.to(torch.mul(torch.arange(n, dtype=3, layout=None, device=plane.device), w), 0)
  part = torch.bitwise_and(torch.bitwise_right_shift(torch.unsqueeze(plane, 2), places), torch.sub(torch.__lshift__(1, w), 1))
  return torch.flatten(torch.bitwise_left_shift(part, int(shift)), 1)

def dequantize(self: __torch__.Ops,
  codes: Tensor,
  scale: Tensor,
  zero: Tensor) -> Tensor:
  g = torch.size(scale, 1)
  c = torch.to(torch.view(codes, [torch.size(codes, 0), g, torch.floordiv(torch.size(codes, 1), g)]), 6)
  return torch.flatten(torch.mul(torch.sub(c, torch.unsqueeze(zero, 2)), torch.to(torch.unsqueeze(scale, 2), 6)), 1)

def dequantize_ordered(self: __torch__.Ops,
  codes: Tensor,
  scale: Tensor,
  zero: Tensor,
  groups: Tensor) -> Tensor:
  s = torch.to(torch.index_select(scale, 1, groups), 6)
  return torch.mul(torch.sub(torch.to(codes, 6), torch.index_select(zero, 1, groups)), s)

def columns(self: __torch__.Ops,
  grouped: Tensor,
  groups: Tensor) -> Tensor:
  return torch.index_select(grouped, 1, groups)

# weight, scale, zero float32 (R, C)
def quantize(self: __torch__.Ops,
  weight: Tensor,
  scale: Tensor,
  zero: Tensor,
  top: Tensor) -> Tensor:
  return torch.to(torch.clamp(torch.add(torch.round(torch.div(weight, scale)), zero), 0, int(top)), 0)

# zero with a fraction
def quantize_shifted(self: __torch__.Ops,
  weight: Tensor,
  scale: Tensor,
  zero: Tensor,
  top: Tensor) -> Tensor:
  return torch.to(torch.clamp(torch.round(torch.add(torch.div(weight, scale), zero)), 0, int(top)), 0)

# zero (R, G), whole where the group has a weight (R, C) that is 0; groups (C)
def whole_where_zero(self: __torch__.Ops,
  weight: Tensor,
  zero: Tensor,
  groups: Tensor,
  top: Tensor) -> Tensor:
  holes = torch.index_add(torch.zeros_like(zero, dtype=6), 1, groups, torch.to(torch.eq(weight, 0), 6))
  return torch.where(torch.gt(holes, 0), torch.clamp(torch.round(zero), 0, int(top)), zero)

# bytes uint8 (2 n), little-endian
def bfloat16(self: __torch__.Ops,
  bytes: Tensor) -> Tensor:
  return torch.to(torch.view_copy(bytes, dtype=15), 6)

def through_bfloat16(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.to(torch.to(x, 15), 6)

# rounded + (weight - weight): the value of the first, the gradient of the second
def straight_through(self: __torch__.Ops,
  weight: Tensor,
  rounded: Tensor) -> Tensor:
  return torch.add(torch.detach(rounded), torch.sub(weight, torch.detach(weight)))

# w = (code - 8) s + o for scale and zero (digits out, G), each group cut into n: s and o, bfloat16 (G n, out, 2) or (G n, 2, out, 2)
def weight_only_scales(self: __torch__.Ops,
  scale: Tensor,
  zero: Tensor,
  n: Tensor,
  digits: Tensor) -> Tensor:
  s = torch.to(scale, 6)
  o = torch.mul(torch.rsub(torch.to(zero, 6), 8), s)
  both = torch.to(torch.stack([torch.t(s), torch.t(o)], 2), 15)
  each = torch.contiguous(torch.repeat_interleave(both, int(n), 0))
  d = int(digits)
  if torch.gt(d, 1):
    out = torch.view(each, [torch.size(each, 0), d, -1, 2])
  else:
    out = each
  return out

# (codes - zero) scale in the type of x, codes uint8 (out, in)
def dequantize_as(self: __torch__.Ops,
  codes: Tensor,
  scale: Tensor,
  zero: Tensor,
  x: Tensor) -> Tensor:
  g = torch.size(scale, 1)
  c = torch.view(codes, [torch.size(codes, 0), g, torch.floordiv(torch.size(codes, 1), g)])
  return torch.flatten(torch.mul_(torch.sub(torch.to(c, x), torch.unsqueeze(torch.to(zero, x), 2)), torch.to(torch.unsqueeze(scale, 2), x)), 1)
