using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Orders.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class CombinedCoupons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_CouponUses",
                table: "CouponUses");

            migrationBuilder.AddColumn<int>(
                name: "CouponCount",
                table: "Orders",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Coupons",
                table: "Orders",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "CategoryIds",
                table: "Coupons",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "Combinable",
                table: "Coupons",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ProductIds",
                table: "Coupons",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddPrimaryKey(
                name: "PK_CouponUses",
                table: "CouponUses",
                columns: new[] { "OrderId", "CouponId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_CouponUses",
                table: "CouponUses");

            migrationBuilder.DropColumn(
                name: "CouponCount",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Coupons",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "CategoryIds",
                table: "Coupons");

            migrationBuilder.DropColumn(
                name: "Combinable",
                table: "Coupons");

            migrationBuilder.DropColumn(
                name: "ProductIds",
                table: "Coupons");

            migrationBuilder.AddPrimaryKey(
                name: "PK_CouponUses",
                table: "CouponUses",
                column: "OrderId");
        }
    }
}
